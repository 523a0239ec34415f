import { describe, expect, onTestFinished, test } from 'vitest';

import { known, unknown } from '../../lib/domain/fact.ts';
import { type ArmId, armId } from '../../lib/domain/ids.ts';
import { resumeSweep } from '../../lib/use-cases/plan-sweep.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import { policyId, vaultId, vmId } from '../contract/test-estate.ts';
import {
  changingEstates,
  far,
  finished,
  judgeChanges,
  nothingFound,
  settings,
  startChanges,
  web,
} from './changing-estates.ts';
import { withInventory } from './service-of-file.ts';
import { rowsByName, start, sweep } from './swept-estate.ts';

const { estateOn, sweptOn } = await changingEstates();

describe('a run about changes', () => {
  test('has nothing to compare with before the first sweep: it has failed, says why, and frees its place', async () => {
    const { ports, judgement, subscriptionId } = await estateOn();

    const run = await judgeChanges(ports, judgement);

    expect(run).toMatchObject({ state: 'failed', gaps: [{ what: 'changes', cause: 'not-due-yet' }] });
    expect(await rowsByName(ports, subscriptionId)).toEqual({});
    expect((await startChanges(ports)).kind).toBe('started');
  });

  test('plans nothing where nothing changed', async () => {
    const { ports, judgement } = await sweptOn();

    expect(await judgeChanges(ports, judgement)).toMatchObject(nothingFound);
  });

  test('looks back to ten minutes before the newest run that has looked', async () => {
    const { ports, judgement, clock } = await sweptOn();
    const first = await judgeChanges(ports, judgement);
    clock.pass(60);

    const second = await judgeChanges(ports, judgement);

    const minutesBefore = (minutes: number, { startedAt }: Run) =>
      new Date(Date.parse(startedAt) - minutes * 60_000).toISOString();
    expect(first.changesSince).toBe(minutesBefore(70, first));
    expect(second.changesSince).toBe(minutesBefore(10, first));
  });

  test('of two at once one is told of the other, and a full sweep stands beside it', async () => {
    const { ports, judgement, writer, subscriptionId } = await sweptOn();
    await writer.patch(vmId('web1', subscriptionId), { tags: { owner: 'else' } });
    const { run } = await startChanges(ports);

    expect(await startChanges(ports)).toMatchObject({ kind: 'already-running', run: { runId: run.runId } });
    expect((await sweep(ports, judgement, settings)).state).toBe('complete');
    expect(await finished(ports, judgement, run)).toMatchObject({ state: 'complete', judged: 1 });
  });
});

describe('a change names the subscriptions whose VMs may have to do with it:', () => {
  type Swept = Awaited<ReturnType<typeof sweptOn>>;
  const lock = { properties: { level: 'ReadOnly' } };

  test.each<[string, (swept: Swept) => Promise<void>, readonly string[], readonly string[]]>([
    [
      'a VM',
      ({ writer, otherId }) => writer.patch(vmId('far1', otherId), { tags: { owner: 'x' } }),
      ['other'],
      ['far1'],
    ],
    ['a network', ({ editNetwork }) => editNetwork(), ['own'], ['web1', 'web2']],
    [
      'a vault',
      ({ writer, subscriptionId }) => writer.remove(vaultId('rsv-shop', subscriptionId)),
      ['own'],
      ['web1', 'web2'],
    ],
    [
      'a policy',
      ({ writer, subscriptionId }) =>
        writer.put(policyId(vaultId('rsv-shop', subscriptionId)), {
          properties: { backupManagementType: 'AzureIaasVM', policyType: 'V2', instantRpRetentionRangeInDays: 1 },
        }),
      ['own'],
      ['web1'],
    ],
    [
      'a lock',
      ({ writer, otherId }) =>
        writer.put(`/subscriptions/${otherId}/providers/Microsoft.Authorization/locks/keep`, lock),
      ['other'],
      ['far1'],
    ],
    [
      'a lock on a resource group',
      ({ writer, subscriptionId }) =>
        writer.put(
          `/subscriptions/${subscriptionId}/resourceGroups/RG-Shop/providers/Microsoft.Authorization/locks/keep`,
          lock,
        ),
      ['own'],
      ['web1', 'web2'],
    ],
  ])('%s', async (_, write, subscriptions, names) => {
    const swept = await sweptOn();
    const { ports, judgement, subscriptionId, otherId, planned } = swept;
    await write(swept);

    const run = await judgeChanges(ports, judgement);

    const rows = { ...(await rowsByName(ports, subscriptionId)), ...(await rowsByName(ports, otherId)) };
    const touched = Object.keys(rows).filter((name) => rows[name]?.runId === run.runId);
    expect(await planned(run)).toEqual(subscriptions);
    expect(run).toMatchObject({ state: 'complete', changes: 1, subscriptionsExpected: 1, gaps: [] });
    // Those whose rows did not change were judged as well.
    expect(names).toEqual(expect.arrayContaining(touched));
    expect(run.judged).toBeGreaterThanOrEqual(names.length);
  });

  test('one that reaches into the subscription of what changed is among them', async () => {
    // far1 is in the network of the other subscription.
    const { ports, judgement, editNetwork, planned } = await sweptOn([...web, far]);
    await editNetwork();

    const run = await judgeChanges(ports, judgement);

    expect((await planned(run)).toSorted()).toEqual(['other', 'own']);
    expect(run).toMatchObject({ changes: 1, judged: 3, subscriptionsExpected: 2 });
  });

  test('one that no sweep has covered is not', async () => {
    const { ports, judgement, writer, otherId, subscriptionId, clock } = await estateOn();
    await sweep(ports, judgement, { ...settings, subscriptions: [subscriptionId] });
    clock.pass(60);
    await writer.patch(vmId('far1', otherId), { tags: { owner: 'x' } });

    expect(await judgeChanges(ports, judgement)).toMatchObject({ state: 'complete', changes: 1, shards: 0 });
  });
});

describe('so many changes', () => {
  const changesOf = (count: number, subscriptionId: string): Partial<Ports['inventory']> => {
    const ids: ArmId[] = Array.from({ length: count }, (_, n) =>
      armId(`/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.Compute/disks/disk${n}`),
    );
    return { changes: async () => known(ids, { where: 'test', readAt: '' }) };
  };

  test.each([
    ['2,000 are named to the shards, which judge nobody else', 2000, 0],
    ['of 2,001 none is named, and all VMs of their subscriptions are judged', 2001, 2],
  ])('%s', async (_, count, judged) => {
    const { ports, judgement, subscriptionId } = await sweptOn();

    const run = await judgeChanges(withInventory(ports, changesOf(count, subscriptionId)), judgement);

    expect(run).toMatchObject({ state: 'complete', changes: count, vms: 2, judged });
  });
});
describe('what goes wrong', () => {
  /** web1 gets another owner, and the records of it cannot be read. */
  async function unreadable(status: number) {
    const swept = await sweptOn();
    const { writer, subscriptionId, azure, clock } = swept;
    await writer.patch(vmId('web1', subscriptionId), { tags: { owner: 'else' } });
    clock.pass(30);
    azure.faults({ path: /ResourceGraph/i, asks: /resourcechanges/i, status });
    onTestFinished(() => azure.heal());
    return { ...swept, owner: async () => (await rowsByName(swept.ports, subscriptionId))['web1']?.owner };
  }

  test('change records that may not be read fail the run, and nothing is judged; the next one looks as far back', async () => {
    const { ports, judgement, azure, clock, owner } = await unreadable(403);

    const run = await judgeChanges(ports, judgement);

    expect(run).toMatchObject({
      state: 'failed',
      shards: 0,
      gaps: [{ what: 'change records', cause: 'no-permission' }],
    });
    expect(await owner()).toBe('shop');
    azure.heal();
    clock.pass(600);
    expect(await judgeChanges(ports, judgement)).toMatchObject({ state: 'complete', changes: 1, judged: 1 });
    expect(await owner()).toBe('else');
  });

  test('a run that Azure throttles waits, and goes on from there', async () => {
    const { ports, judgement, writer, subscriptionId } = await sweptOn();
    await writer.patch(vmId('web1', subscriptionId), { tags: { owner: 'else' } });
    const changes = async () => unknown('throttled', 'Too many requests.');

    const { run } = await startChanges(withInventory(ports, { changes }));

    expect(run.state).toBe('planning');
    await resumeSweep(ports, settings, run.runId);
    expect(await finished(ports, judgement, run)).toMatchObject({ state: 'complete', changes: 1, judged: 1 });
  });

  test('differences are found again when the plan was killed before they were noted', async () => {
    const { ports, judgement, writer, subscriptionId, clock } = await sweptOn();
    const properties = { level: 'ReadOnly' };
    await writer.put(`/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/locks/keep`, { properties });
    const noteStanding = async () => {
      throw new Error('killed');
    };
    await expect(startChanges({ ...ports, runs: { ...ports.runs, noteStanding } })).rejects.toThrow('killed');
    const killed = (await startChanges(ports)).run;
    await resumeSweep(ports, settings, killed.runId);
    expect(await finished(ports, judgement, killed)).toMatchObject({ state: 'complete', changes: 1, judged: 2 });
    clock.pass(60);

    expect(await judgeChanges(ports, judgement)).toMatchObject({ state: 'complete', changes: 1, judged: 2 });

    clock.pass(60);
    expect(await judgeChanges(ports, judgement)).toMatchObject(nothingFound);
  });

  test('a sweep that failed has covered nothing: the one before it has', async () => {
    const { ports, judgement, writer, subscriptionId, clock } = await sweptOn();
    const subscriptions = async () => unknown('no-permission', 'They could not be read.');
    expect((await start(withInventory(ports, { subscriptions }), settings)).run.state).toBe('failed');
    clock.pass(60);
    await writer.patch(vmId('web1', subscriptionId), { tags: { owner: 'else' } });

    expect(await judgeChanges(ports, judgement)).toMatchObject({ state: 'complete', changes: 1, judged: 1 });
  });

  test('changes of a run that did not see all of it are looked for again', async () => {
    const { ports, judgement, writer, subscriptionId, azure, clock } = await sweptOn();
    await writer.patch(vmId('web1', subscriptionId), { tags: { owner: 'else' } });
    clock.pass(30);
    const { run } = await startChanges(ports);
    azure.faults({ path: /ResourceGraph/i, asks: /hardwareProfile\.vmSize/, status: 403 });
    expect(await finished(ports, judgement, run)).toMatchObject({ state: 'incomplete', judged: 0 });
    azure.heal();
    clock.pass(60);

    expect(await judgeChanges(ports, judgement)).toMatchObject({ state: 'complete', judged: 1 });
  });
});
