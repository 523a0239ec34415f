import { describe, expect, test } from 'vitest';

import { unknown } from '../../lib/domain/fact.ts';
import { reportPosture } from '../../lib/use-cases/report-posture.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import { startSweep, startSweepOf } from '../../lib/use-cases/start-sweep.ts';
import { otherSubscription, testEstate, vaultWithPolicy, vm } from '../contract/test-estate.ts';
import { serviceOfFile, withInventory } from './service-of-file.ts';
import { rowsByName, start, sweep, sweepSettings, workOn } from './swept-estate.ts';

const { started } = await serviceOfFile();

const nobody = '00000000-0000-0000-0000-000000000000';

/** Two subscriptions with a VM each, swept an hour ago. */
async function sweptOn() {
  const resources = [vm('web1'), ...vaultWithPolicy(), vm('far1', {}, otherSubscription)];
  const own = await started(testEstate({ resources }));
  const { ports, judgement, clock } = own;
  const [, { subscriptionId: otherId } = { subscriptionId: '' }] = own.estate.subscriptions;
  const full = await sweep(ports, judgement);
  clock.pass(60);
  async function finished({ runId }: Run): Promise<Run | undefined> {
    for (const { shardId } of await ports.runs.shards(runId)) {
      await workOn(ports, judgement, { runId, shardId });
    }
    return ports.runs.find(runId);
  }
  return { ...own, otherId, full, finished };
}

describe('a sweep of some subscriptions', () => {
  test('judges those only, each once: rows of the others are untouched', async () => {
    const { ports, subscriptionId, otherId, finished } = await sweptOn();
    const before = await rowsByName(ports, subscriptionId);

    const answer = await startSweepOf(ports, sweepSettings, [otherId, otherId]);

    expect.assert(answer.kind === 'started');
    expect(await finished(answer.run)).toMatchObject({
      kind: 'part',
      only: [otherId],
      trigger: 'request',
      state: 'complete',
      subscriptionsExpected: 1,
      vms: 1,
      judged: 1,
    });
    expect(await rowsByName(ports, subscriptionId)).toEqual(before);
  });

  test('is not what the posture rests on: that is the newest sweep of everything', async () => {
    const { ports, subscriptionId, full, finished } = await sweptOn();
    const answer = await startSweepOf(ports, sweepSettings, [subscriptionId]);
    expect.assert(answer.kind === 'started');
    await finished(answer.run);

    const { completeness, vms } = await reportPosture(ports, { subscription: subscriptionId });

    expect(completeness).toMatchObject({ runId: full.runId, complete: true, subscriptionsExpected: 2 });
    expect(vms).toBe(1);
  });

  test('takes the one place for a sweep, as one of everything does', async () => {
    const { ports, subscriptionId, finished } = await sweptOn();
    const part = await startSweepOf(ports, sweepSettings, [subscriptionId]);
    expect.assert(part.kind === 'started');

    const refused = { kind: 'already-running', run: { runId: part.run.runId } };
    expect(await start(ports)).toMatchObject(refused);
    expect(await startSweepOf(ports, sweepSettings, undefined)).toMatchObject(refused);
    expect((await startSweep(ports, sweepSettings, { kind: 'changes', trigger: 'timer' })).kind).toBe('started');

    expect(await finished(part.run)).toMatchObject({ state: 'complete' });
  });
});

describe('subscriptions that cannot be swept are named, and nothing is started:', () => {
  test.each([
    ['one that nobody shows', () => [nobody]],
    ['one beside those that are shown', (shown: string) => [shown, nobody]],
  ])('%s', async (_, wanted) => {
    const { ports, judgement, subscriptionId } = await sweptOn();

    const answer = await startSweepOf(ports, sweepSettings, wanted(subscriptionId));

    expect(answer).toEqual({ kind: 'unknown-scope', unknown: [nobody] });

    expect((await sweep(ports, judgement)).state).toBe('complete');
  });

  test('one that is shown, but not in scope', async () => {
    const { ports, subscriptionId, otherId } = await sweptOn();
    const scope = { ...sweepSettings, subscriptions: [subscriptionId] };

    expect(await startSweepOf(ports, scope, [otherId])).toEqual({ kind: 'unknown-scope', unknown: [otherId] });
  });

  test('where it cannot be told which there are, the run starts and says what it could not read', async () => {
    const { ports, subscriptionId } = await sweptOn();
    const subscriptions = async () => unknown('no-permission', 'They could not be read.');

    const answer = await startSweepOf(withInventory(ports, { subscriptions }), sweepSettings, [subscriptionId]);

    expect(answer).toMatchObject({ kind: 'started', run: { state: 'failed', gaps: [{ cause: 'no-permission' }] } });
  });
});
