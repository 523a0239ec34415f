import { expect, test } from 'vitest';

import { closeRunIfDone } from '../../lib/use-cases/close-run.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import { noCounts, type Run } from '../../lib/use-cases/run.ts';
import { testEstate } from '../contract/test-estate.ts';
import { newRun } from '../ports/new-run.ts';
import { recording } from './recording.ts';
import { serviceOfFile } from './service-of-file.ts';

const { started } = await serviceOfFile();
const at = '2026-11-20T23:59:59.000Z';

/** A run whose one shard is done. */
async function doneRun(change: Partial<Run> = {}) {
  const { ports, sent } = recording((await started(testEstate({ resources: [] }))).ports);
  const run = newRun({ state: 'running', shards: 1, ...change });
  const own: Ports = { ...ports, clock: () => new Date(at) };
  await own.runs.plan(run, [{ shardId: '0001', cells: [], vmsExpected: 0 }]);
  await own.runs.finishShard(run.runId, '0001', {
    outcome: 'done',
    startedAt: at,
    finishedAt: at,
    ...noCounts,
    gaps: [],
  });
  return { ports: own, sent, run };
}

test('a full sweep that ends asks for the snapshot of its day, before it is closed and for after that', async () => {
  const { ports, sent, run } = await doneRun();
  const killed: Ports['runs'] = { ...ports.runs, close: () => Promise.reject(new Error('killed')) };

  await closeRunIfDone({ ...ports, runs: killed }, run.runId).catch(() => undefined);
  await closeRunIfDone(ports, run.runId);
  await closeRunIfDone(ports, run.runId);

  const message = { queue: 'take-snapshot', message: { day: '2026-11-20', runId: run.runId }, seconds: 10 };
  expect(sent).toEqual([message, message]);
  expect(await ports.runs.find(run.runId)).toMatchObject({ state: 'complete', finishedAt: at });
});

test.each(['part', 'changes'] as const)('a run about %s asks for no snapshot', async (kind) => {
  const { ports, sent, run } = await doneRun({ kind });

  await closeRunIfDone(ports, run.runId);

  expect(sent).toEqual([]);
  expect((await ports.runs.find(run.runId))?.finishedAt).toBe(at);
});
