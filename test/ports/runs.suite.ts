import { describe, expect, test } from 'vitest';

import type { Standing } from '../../lib/domain/standing.ts';
import type { CoveredSubscription, Runs } from '../../lib/use-cases/ports.ts';
import { noCosts, type Run, type Shard, type ShardReport } from '../../lib/use-cases/run.ts';
import { newRun } from './new-run.ts';

const shard = (shardId: string): Shard => ({
  shardId,
  cells: [{ subscriptionId: 's', region: 'r', vms: 1 }],
  vmsExpected: 1,
});
const report = (vms: number): ShardReport => ({
  outcome: 'done',
  startedAt: '2026-11-20T06:00:00.000Z',
  vms,
  judged: vms,
  changed: 0,
  retired: 0,
  reads: noCosts,
  looks: { made: 0, left: 0 },
  rulesUnknown: {},
  gaps: [],
  finishedAt: '2026-11-20T06:01:00.000Z',
});

/** What every store of runs does. `store` is asked for when the tests run; every test frees the place it took. */
export function runsSuite(store: () => Runs): void {
  async function claimed(): Promise<Run> {
    const run = newRun();
    expect(await store().claim(run)).toBe('claimed');
    return run;
  }

  const close = (run: Run) => store().close({ ...run, state: 'complete', finishedAt: '2026-11-20T06:09:00.000Z' });

  test('of claims at once exactly one wins, and the others learn who', async () => {
    const runs = [newRun(), newRun(), newRun(), newRun()];

    const answers = await Promise.all(runs.map((run) => store().claim(run)));

    const winners = runs.filter((_, n) => answers[n] === 'claimed');
    expect(winners).toHaveLength(1);
    expect(answers.filter((answer) => answer !== 'claimed')).toEqual([winners[0], winners[0], winners[0]]);
    await close(winners[0] as Run);
  });

  test('closing frees the place, and only for who holds it', async () => {
    const first = await claimed();
    await close(first);
    const second = await claimed();

    await close(first);

    expect(await store().claim(newRun())).toEqual(second);
    await close(second);
  });

  test('a run that has ended holds no place, also if it was killed before it left it', async () => {
    const ended = await claimed();
    await store().plan({ ...ended, state: 'complete', finishedAt: '2026-11-20T06:09:00.000Z' }, []);

    const next = await claimed();

    expect((await store().find(ended.runId))?.state).toBe('complete');
    expect(await store().claim(newRun())).toEqual(next);
    await close(next);
  });

  test('a run about changes has a place of its own', async () => {
    const sweep = await claimed();
    const changes = newRun({ kind: 'changes' });

    expect(await store().claim(changes)).toBe('claimed');

    expect(await store().claim(newRun({ kind: 'changes' }))).toEqual(changes);
    expect(await store().claim(newRun({ kind: 'part' }))).toEqual(sweep);
    await close(changes);
    expect(await store().claim(newRun())).toEqual(sweep);
    await close(sweep);
  });

  test('two who close at once do not disturb each other', async () => {
    const run = await claimed();

    await Promise.all([close(run), close(run), close(run)]);

    await close(await claimed());
  });

  test('a plan holds its shards in order until they are done', async () => {
    const run = await claimed();
    await store().plan({ ...run, state: 'running' }, [shard('0002'), shard('0001'), shard('0010')]);

    expect((await store().shards(run.runId)).map(({ shardId }) => shardId)).toEqual(['0001', '0002', '0010']);
    expect(await store().shard(run.runId, '0002')).toEqual(shard('0002'));
    expect(await store().shard(run.runId, '0003')).toBeUndefined();
    expect(await store().shards('20200101T000000Z-000000')).toEqual([]);
    expect((await store().find(run.runId))?.state).toBe('running');
    await close(run);
  });

  test('a shard is finished once: the first report stands', async () => {
    const run = await claimed();
    await store().plan(run, [shard('0001')]);

    await store().finishShard(run.runId, '0001', report(3));
    await store().finishShard(run.runId, '0001', report(99));

    expect((await store().shard(run.runId, '0001'))?.report).toEqual(report(3));
    await close(run);
  });

  test('two who finish a shard at once leave one report', async () => {
    const run = await claimed();
    await store().plan(run, [shard('0001')]);

    await Promise.all([1, 2, 3].map((vms) => store().finishShard(run.runId, '0001', report(vms))));

    expect([1, 2, 3]).toContain((await store().shard(run.runId, '0001'))?.report?.vms);
    await close(run);
  });

  test('finishing a shard that nobody planned does nothing', async () => {
    await store().finishShard('20200101T000000Z-000000', '0001', report(1));

    expect(await store().shard('20200101T000000Z-000000', '0001')).toBeUndefined();
  });

  test('runs are listed newest first, and no more than asked for', async () => {
    const runs: Run[] = [];
    for (let n = 0; n < 3; n += 1) {
      const run = await claimed();
      await store().plan(run, []);
      await close(run);
      runs.push(run);
    }

    const newest = await store().newest(2);

    expect(newest.map(({ runId }) => runId)).toEqual([runs[2]?.runId, runs[1]?.runId]);
    expect(newest[0]).toMatchObject({ state: 'complete', finishedAt: '2026-11-20T06:09:00.000Z' });
  });

  test('full sweeps are listed among all runs, and by themselves', async () => {
    const runs: Run[] = [];
    for (const kind of ['full', 'part', 'changes', 'full', 'changes'] as const) {
      const run = newRun({ kind });
      await store().plan(run, []);
      await close(run);
      runs.push(run);
    }

    const ids = (found: readonly Run[]) => found.map(({ runId }) => runId);
    expect(ids(await store().newest(5))).toEqual(ids(runs.toReversed()));
    expect(ids(await store().newest(2, 'full'))).toEqual([runs[3]?.runId, runs[0]?.runId]);
  });

  test('a run that was never opened is not found', async () => {
    expect(await store().find('20200101T000000Z-000000')).toBeUndefined();
  });

  describe('the subscriptions that a run covers', () => {
    const covered = (count: number, state = 'Enabled'): CoveredSubscription[] =>
      Array.from({ length: count }, (_, n) => ({
        subscriptionId: `subscription ${n}`,
        name: `Shop ${n}`,
        state,
        managementGroups: ['mg-online', 'tenant'],
      }));

    test('are as they were noted, however many', async () => {
      const { runId } = newRun();
      await store().noteSubscriptions(runId, covered(450));

      expect(await store().subscriptionsOf(runId)).toEqual(covered(450));
      expect(await store().subscriptionsOf(newRun().runId)).toEqual([]);
    });

    test('noted again are those of the last time', async () => {
      const { runId } = newRun();
      await store().noteSubscriptions(runId, covered(450));

      await store().noteSubscriptions(runId, covered(210, 'Disabled'));

      expect(await store().subscriptionsOf(runId)).toEqual(covered(210, 'Disabled'));
      expect(await store().resourceFindings(runId)).toEqual([]);
    });
  });

  describe('how things stood', () => {
    const prints = (count: number, print = 'p') =>
      new Map(Array.from({ length: count }, (_, n) => [`/subscriptions/s/thing ${n}`, `${print}${n}`]));
    const noted = (standing: Standing) => store().noteStanding(standing);

    test('is as it was noted, however much it is', async () => {
      const standing: Standing = new Map([
        ['policies', prints(1201)],
        ['vault-items', prints(500)],
        ['locks', prints(1)],
      ]);

      await noted(standing);

      expect(await store().standing()).toEqual(standing);
    });

    test('noted again is that of the last time: a shorter list leaves nothing of a longer one behind', async () => {
      await noted(new Map([['policies', prints(1201)]]));

      for (const count of [700, 500, 499, 3]) {
        await noted(new Map([['policies', prints(count, 'other ')]]));

        expect((await store().standing()).get('policies')).toEqual(prints(count, 'other '));
      }
    });

    test('what is not noted again stays as it stood', async () => {
      await noted(
        new Map([
          ['policies', prints(2)],
          ['vault-items', prints(3)],
          ['locks', prints(4)],
        ]),
      );

      await noted(new Map([['vault-items', prints(600, 'other ')]]));

      expect(await store().standing()).toEqual(
        new Map([
          ['policies', prints(2)],
          ['vault-items', prints(600, 'other ')],
          ['locks', prints(4)],
        ]),
      );
    });

    test('an empty list is a list: there was nothing, which is not the same as never looked at', async () => {
      await noted(new Map([['policies', prints(3)]]));

      await noted(new Map([['policies', new Map()]]));

      expect((await store().standing()).get('policies')).toEqual(new Map());
    });
  });
}
