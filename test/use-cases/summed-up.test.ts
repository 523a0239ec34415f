import { expect, test } from 'vitest';

import { summedUp } from '../../lib/use-cases/close-run.ts';
import { noCosts, type Shard, type ShardReport } from '../../lib/use-cases/run.ts';
import { newRun } from '../ports/new-run.ts';

const gap = (what: string, cause = 'throttled') => ({ what, cause, detail: 'shard' });
const planned = { what: 'subscription s', cause: 'no-permission', detail: 'planned' };
const run = newRun({ state: 'running', shards: 3, vmsExpected: 30, gaps: [planned] });

const waiting = (shardId: string): Shard => ({ shardId, cells: [], vmsExpected: 10 });

function done(shardId: string, report: Partial<ShardReport> = {}): Shard {
  const whole: ShardReport = {
    outcome: 'done',
    startedAt: '2026-11-20T06:00:00.000Z',
    finishedAt: '2026-11-20T06:01:00.000Z',
    vms: 10,
    judged: 10,
    changed: 1,
    retired: 0,
    reads: noCosts,
    looks: { made: 0, left: 0 },
    rulesUnknown: {},
    gaps: [],
    ...report,
  };
  return { ...waiting(shardId), report: whole };
}

test('the sums are those of the shards that are done', () => {
  const first = done('1', { vms: 10, judged: 4, changed: 3, retired: 2 });
  const sum = summedUp(run, [first, done('2', { vms: 7, judged: 7 }), waiting('3')]);

  expect(sum).toMatchObject({ shardsDone: 2, vms: 17, judged: 11, changed: 4, retired: 2 });
  expect(sum).toMatchObject({ vmsExpected: 30, state: 'running' });
});

test('what reading took is that of the plan and of all shards', () => {
  const reads = { pages: 1, rows: 20, throttles: 3, retries: 4, waitedMs: 500 };
  const plan = { ...run, reads: { ...noCosts, pages: 2, waitedMs: 10 } };

  const sum = summedUp(plan, [done('1', { reads }), done('2', { reads }), waiting('3')]);

  expect(sum.reads).toEqual({ pages: 4, rows: 40, throttles: 6, retries: 8, waitedMs: 1010 });
  expect(summedUp(plan, []).reads).toEqual(plan.reads);
});

test('looks at single VMs are summed up, those that were left as well', () => {
  const sum = summedUp(run, [done('1', { looks: { made: 3, left: 1 } }), done('2', { looks: { made: 4, left: 0 } })]);

  expect(sum.looks).toEqual({ made: 7, left: 1 });
});

test('VMs of which a rule could not tell are summed up by rule', () => {
  const [first, second] = [{ 'agent-ready': 2 }, { 'agent-ready': 3, 'health-rpo': 1 }];

  const sum = summedUp(run, [done('1', { rulesUnknown: first }), done('2', { rulesUnknown: second })]);

  expect(sum.rulesUnknown).toEqual({ 'agent-ready': 5, 'health-rpo': 1 });
});

test('the networks that were judged are summed up, if any was', () => {
  const judged = [done('1', { networks: { vms: 10, configurations: 3 } }), done('2'), waiting('3')];
  const more = done('4', { networks: { vms: 5, configurations: 1 } });

  expect(summedUp(run, [...judged, more]).networks).toEqual({ vms: 15, configurations: 4 });
  expect(summedUp(run, [done('1')])).not.toHaveProperty('networks');
});

test('a gap that several shards saw is told once, and those of the plan stay', () => {
  const reports = [{ gaps: [gap('vaults'), gap('items')] }, { gaps: [gap('vaults'), gap('vaults', 'no-permission')] }];

  const { gaps } = summedUp(
    run,
    reports.map((report, n) => done(String(n), report)),
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
