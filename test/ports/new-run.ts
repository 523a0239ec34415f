import { noCounts, type Run } from '../../lib/use-cases/run.ts';

let runNumber = 0;

/** A run whose id sorts behind those before it, as the ids of sweeps do. */
export function newRun(change: Partial<Run> = {}): Run {
  runNumber += 1;
  return {
    runId: `20261120T0600${String(runNumber).padStart(2, '0')}Z-ab12cd`,
    kind: 'full',
    startedAt: '2026-11-20T06:00:00.000Z',
    state: 'planning',
    trigger: 'timer',
    subscriptionsExpected: 1,
    subscriptionsRead: 1,
    shards: 2,
    shardsDone: 0,
    vmsExpected: 5,
    ...noCounts,
    gaps: [],
    ...change,
  };
}
