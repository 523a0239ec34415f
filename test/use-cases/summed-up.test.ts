import { expect, test } from 'vitest';

import { summedUp } from '../../lib/use-cases/close-run.ts';
import type { Run, Shard, ShardReport } from '../../lib/use-cases/run.ts';

const run: Run = {
  runId: 'r',
  startedAt: '2026-11-20T06:00:00.000Z',
  state: 'running',
  trigger: 'timer',
  subscriptionsExpected: 1,
  subscriptionsRead: 1,
  shards: 3,
  shardsDone: 0,
  vmsExpected: 30,
  vms: 0,
  changed: 0,
  gaps: [{ what: 'subscription s', cause: 'no-permission', detail: 'planned' }],
};

const gap = (what: string, cause = 'throttled') => ({ what, cause, detail: 'shard' });

function shard(shardId: string, report?: Partial<ShardReport>): Shard {
  const whole = { outcome: 'done', vms: 10, changed: 1, retired: 0, gaps: [], finishedAt: '', ...report } as const;
  return { shardId, cells: [], vmsExpected: 10, ...(report ? { report: whole } : {}) };
}

test('the sums are those of the shards that are done', () => {
  const sum = summedUp(run, [shard('1', { vms: 10, changed: 3 }), shard('2', { vms: 7 }), shard('3')]);

  expect(sum).toMatchObject({ shardsDone: 2, vms: 17, changed: 4, vmsExpected: 30, state: 'running' });
});

test('the networks that were judged are summed up, if any was', () => {
  const judged = [shard('1', { networks: { vms: 10, configurations: 3 } }), shard('2', {}), shard('3')];
  const more = shard('4', { networks: { vms: 5, configurations: 1 } });

  expect(summedUp(run, [...judged, more]).networks).toEqual({ vms: 15, configurations: 4 });
  expect(summedUp(run, [shard('1', {})])).not.toHaveProperty('networks');
});

test('a gap that several shards saw is told once, and those of the plan stay', () => {
  const reports = [{ gaps: [gap('vaults'), gap('items')] }, { gaps: [gap('vaults'), gap('vaults', 'no-permission')] }];

  const { gaps } = summedUp(
    run,
    reports.map((report, n) => shard(String(n), report)),
  );

  expect(gaps.map(({ what, cause }) => `${what}: ${cause}`)).toEqual([
    'subscription s: no-permission',
    'vaults: throttled',
    'items: throttled',
    'vaults: no-permission',
  ]);
});

test('without a shard nothing was done', () => {
  expect(summedUp(run, [])).toMatchObject({ shardsDone: 0, vms: 0, gaps: run.gaps });
});
