import { describe, expect, test } from 'vitest';

import { planOfSweep, resumeSweep } from '../../lib/use-cases/plan-sweep.ts';
import type { Ports, ShardMessage } from '../../lib/use-cases/ports.ts';
import { serversShard } from '../../lib/use-cases/survey-servers.ts';
import { otherSubscription, testEstate, vm } from '../contract/test-estate.ts';
import { serviceOfFile } from './service-of-file.ts';
import { start, sweep, sweepSettings, workOn } from './swept-estate.ts';

const { started } = await serviceOfFile();

describe('one sweep at a time', () => {
  test('a second one is refused and told which runs; one that is stuck is taken over', async () => {
    const { ports, judgement, clock } = await started();
    const { run: first } = await start(ports, {}, 'timer');
    clock.pass(179);
    const refused = await start(ports, {}, 'request');
    clock.pass(2);

    const second = await start(ports, {}, 'request');

    expect(refused).toMatchObject({ kind: 'already-running', run: { runId: first.runId } });
    expect(second.kind).toBe('started');
    expect(await ports.runs.find(first.runId)).toMatchObject({ state: 'failed', finishedAt: expect.any(String) });
    await workOn(ports, judgement, { runId: first.runId, shardId: '0001' });
    expect((await ports.runs.find(first.runId))?.state).toBe('failed');
    await workOn(ports, judgement, { runId: second.run.runId, shardId: '0001' });
    expect((await ports.runs.find(second.run.runId))?.state).toBe('complete');
  });

  test('of two that start at once one is told of the other', async () => {
    const { ports, judgement } = await started();

    const answers = await Promise.all([start(ports, {}, 'timer'), start(ports, {}, 'request')]);

    const [winner] = answers.filter(({ kind }) => kind === 'started');
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['already-running', 'started']);
    await workOn(ports, judgement, { runId: winner?.run.runId ?? '', shardId: '0001' });
  });

  test.each([1, 2])('a start that is killed at its message %i goes on from there', async (last) => {
    // Shards are whole subscriptions: two of them make two shards.
    const resources = [vm('web1'), vm('web2', {}, otherSubscription)];
    const { ports, judgement } = await started(testEstate({ resources }));
    const small = { shardVms: 1 };
    const sent: ShardMessage[] = [];
    const queuesThat = (dieAfter: number): Ports['queues'] => ({
      ...ports.queues,
      async sweepShard(message) {
        if (sent.length === dieAfter) throw new Error('killed');
        sent.push(message);
        return () => Promise.resolve();
      },
    });
    await expect(start({ ...ports, queues: queuesThat(last) }, small, 'timer')).rejects.toThrow('killed');
    const runId = sent[0]?.runId ?? '';
    expect((await ports.runs.find(runId))?.finishedAt).toBeUndefined();

    const settings = { ...sweepSettings, ...small };
    await resumeSweep({ ...ports, queues: queuesThat(Number.POSITIVE_INFINITY) }, settings, runId);

    const besides = [planOfSweep, serversShard];
    const shards = new Set(sent.map(({ shardId }) => shardId).filter((shardId) => !besides.includes(shardId)));
    for (const shardId of shards) await workOn(ports, judgement, { runId, shardId });
    const run = await ports.runs.find(runId);
    expect(run).toMatchObject({ state: 'complete', shards: shards.size, shardsDone: shards.size });
    expect((await sweep(ports, judgement, small)).state).toBe('complete');
  });
});
