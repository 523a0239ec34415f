import { SingleBar } from 'cli-progress';

import type { Run } from '../../lib/use-cases/run.ts';
import type { Api } from './api.ts';
import type { Terminal } from './terminal.ts';

const pollMs = 200;
const patienceMs = 10 * 60_000;

interface Progress {
  show(run: Run): void;
  end(): void;
}

function bar(): Progress {
  const shown = new SingleBar({
    format: 'sweep [{bar}] {value}/{total} shards, {vms} VMs judged, {duration_formatted}',
  });
  shown.start(1, 0, { vms: 0 });
  return {
    show({ shards, shardsDone, vms }) {
      shown.setTotal(Math.max(shards, 1));
      shown.update(shardsDone, { vms });
    },
    end: () => shown.stop(),
  };
}

function lines({ say }: Terminal): Progress {
  let last = '';
  return {
    show({ shards, shardsDone, vms }) {
      const line = `sweep: ${shardsDone}/${shards} shards, ${vms} VMs judged`;
      if (line !== last) {
        say(line);
        last = line;
      }
    },
    end: () => undefined,
  };
}

/** Asks for a sweep and follows it to its end, with a bar on a terminal and plain lines elsewhere. */
export async function followSweep(api: Api, terminal: Terminal): Promise<Run> {
  const { runId } = await api.startSweep();
  const progress = terminal.isInteractive ? bar() : lines(terminal);
  const end = performance.now() + patienceMs;
  try {
    while (performance.now() < end) {
      const run = await api.sweep(runId);
      if (run) {
        progress.show(run);
      }
      if (run?.finishedAt) {
        return run;
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  } finally {
    progress.end();
  }
  throw new Error(`Sweep ${runId} did not end within ${patienceMs / 60_000} minutes.`);
}
