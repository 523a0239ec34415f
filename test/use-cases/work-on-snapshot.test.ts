import { describe, expect, test } from 'vitest';

import { listSnapshots } from '../../lib/use-cases/list-snapshots.ts';
import { workOnSnapshot } from '../../lib/use-cases/work-on-snapshot.ts';
import { serviceOfFile } from './service-of-file.ts';
import { endedRun, snapshotService } from './snapshot-service.ts';

const file = await serviceOfFile();
const settings = { isOn: true, keptDays: 0 };
const day = '2026-11-20';
const started = () => snapshotService(file, `${day}T06:00:00.000Z`);

describe('a message', () => {
  const runId = 'run';

  test('whose sweep is not closed yet waits, some times', async () => {
    const { ports, evidence, sent } = await started();
    const running = endedRun('');
    const { finishedAt: _open, ...open } = running;
    await ports.runs.plan(open, []);
    const message = { day, runId: running.runId };

    await workOnSnapshot(ports, evidence(), settings, message);
    await workOnSnapshot(ports, evidence(), settings, { ...message, tries: 10 });

    expect(sent).toEqual([{ queue: 'take-snapshot', message: { ...message, tries: 1 }, seconds: 30 }]);
    expect(await Array.fromAsync(evidence().blobs.list())).toEqual([]);
  });

  test('of a sweep takes the snapshot with that sweep', async () => {
    const { ports, evidence, lines } = await started();
    const run = endedRun(`${day}T05:00:00.000Z`);
    await ports.runs.close(run);

    await workOnSnapshot(ports, evidence(), settings, { day, runId: run.runId });

    expect((await listSnapshots(evidence(), 1)).snapshots[0]?.run?.runId).toBe(run.runId);
    expect(lines.at(-1)).toContain('"answer":"taken"');
  });

  test.each([{}, { day: 'today' }, { day: '2026-02-30' }, { day, runId: 5 }, { day, more: 1 }, 'x', null, { runId }])(
    '%j makes no sense and is put aside',
    async (message) => {
      const { ports, evidence, sent } = await started();

      await workOnSnapshot(ports, evidence(), settings, message);

      expect(sent.map(({ queue }) => queue)).toEqual(['take-snapshot-poison']);
    },
  );
});
