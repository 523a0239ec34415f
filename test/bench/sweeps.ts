import type { Run } from '../../lib/use-cases/run.ts';
import { defaultQuota } from '../../local/azure/resource-graph/quota.ts';
import { createApi } from '../../local/demo/api.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import type { SweepFigures } from './figures.ts';
import { usageOf } from './measured-process.ts';
import { countRequests } from './request-kinds.ts';

const pollMs = 250;
const patienceMs = 60 * 60_000;
/** Until ARM's buckets of reads (250 for each subscription, 25 more a second) are full, as they are a night later. */
const armRecoversMs = 12_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks for a sweep and waits for its end; throws if it does not come. */
async function sweepToEnd(neighbourhood: Neighbourhood): Promise<Run> {
  const api = createApi(neighbourhood);
  const { runId } = await api.startSweep();
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    // A service that is busy may drop a connection; the next look tells as well.
    const run = await api.sweep(runId).catch(() => undefined);
    if (run?.finishedAt) {
      return run;
    }
    await pause(pollMs);
  }
  throw new Error(`Sweep ${runId} did not end within ${patienceMs / 60_000} minutes.`);
}

/**
 * Sweeps until no VM is left that is to be read singly and was not within a day: a run reads but some, and writes what it saw,
 * so only then nothing is new to the next one.
 */
export async function sweepUntilSettled(neighbourhood: Neighbourhood): Promise<void> {
  let left = Number.POSITIVE_INFINITY;
  for (;;) {
    const { looks } = await sweepToEnd(neighbourhood);
    if (looks.left === 0) {
      return;
    }
    if (looks.left >= left) {
      throw new Error(`${looks.left} VMs are still to be read singly; the sweep before left ${left}.`);
    }
    left = looks.left;
    await pause(armRecoversMs);
  }
}

/** Sweeps once, by a service that is started for it. Whatever was asked of ARM before no longer counts. */
export async function measureSweep(
  neighbourhood: Neighbourhood,
  sweep: SweepFigures['sweep'],
  quota: SweepFigures['quota'],
): Promise<SweepFigures> {
  await neighbourhood.restartHost();
  await pause(armRecoversMs);
  const { pid } = neighbourhood.host.child.process;
  const asked = neighbourhood.azure.requests.length;
  const before = await usageOf(pid);
  const from = performance.now();
  const run = await sweepToEnd(neighbourhood);
  const wallSeconds = (performance.now() - from) / 1000;
  const after = await usageOf(pid);
  const requests = countRequests(neighbourhood.azure.requests.slice(asked));
  const granted = requests.resourceGraph - requests.resourceGraphRefused;
  const perSecond = defaultQuota.requests / (defaultQuota.windowMs / 1000);
  return {
    sweep,
    quota,
    state: run.state,
    vms: run.vms,
    rowsWritten: run.changed,
    wallSeconds,
    ...(quota === 'on' ? { floorSeconds: granted / perSecond } : {}),
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    peakMiB: after.peakMiB,
    requests,
  };
}
