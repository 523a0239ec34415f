import { describe, expect, onTestFinished, test } from 'vitest';

import { known, unknown } from '../../lib/domain/fact.ts';
import { type ArmId, armId } from '../../lib/domain/ids.ts';
import type { JudgementSettings } from '../../lib/domain/settings.ts';
import { resumeSweep } from '../../lib/use-cases/plan-sweep.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import { startSweep, startSweepOf } from '../../lib/use-cases/start-sweep.ts';
import { createAzureWriter } from '../../local/demo/azure-writer.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import {
  configureJob,
  item,
  network,
  nic,
  nicId,
  otherSubscription,
  policyId,
  subscription,
  testEstate,
  vaultId,
  vaultWithPolicy,
  vm,
  vmId,
} from '../contract/test-estate.ts';
import { serviceOfFile, withInventory } from './service-of-file.ts';
import { rowsByName, start, sweep, sweepSettings, workOn } from './swept-estate.ts';

const { certificate, on, started } = await serviceOfFile();

const web = [vm('web1'), vm('web2'), ...vaultWithPolicy(), item('web1'), configureJob('web1')];
const moved = (each: EstateResource): EstateResource =>
  JSON.parse(JSON.stringify(each).replaceAll(subscription, otherSubscription));
const far = moved(vm('far1'));
/** far1 stands in a network of its own subscription. */
const apart = [far, ...[network(), nic(nicId('far1'), { virtualMachine: { id: vmId('far1') } })].map(moved)];

/** A shard for each subscription. */
const settings = { ...sweepSettings, shardVms: 1 };
const minutesPerDay = 1440;
let day = 0;

/** An estate in two subscriptions on a day of its own: runs of other tests in the same storage are long ago. */
async function estateOn(resources: readonly EstateResource[] = [...web, ...apart]) {
  const own = await started(testEstate({ resources: [...resources] }));
  const [, { subscriptionId: otherId } = { subscriptionId: '' }] = own.estate.subscriptions;
  day += 1;
  own.clock.pass(day * minutesPerDay);
  const namesBySubscription = new Map([
    [own.subscriptionId, 'own'],
    [otherId, 'other'],
  ]);
  /** Which of the two subscriptions the shards of a run are about. */
  async function planned({ runId }: Run, { runs } = own.ports): Promise<readonly string[]> {
    const cells = (await runs.shards(runId)).flatMap((shard) => shard.cells);
    return [...new Set(cells.map(({ subscriptionId }) => namesBySubscription.get(subscriptionId) ?? subscriptionId))];
  }
  const writer = createAzureWriter(own.azure.armUrl, certificate);
  /** Changes the network of the first subscription. */
  async function editNetwork(): Promise<void> {
    const { resources: edited } = own.later(testEstate({ resources: [network({ defaultOutboundAccess: false })] }));
    for (const { id, location, properties } of edited) {
      await writer.put(id, { location, properties });
    }
  }
  return { ...own, otherId, planned, writer, editNetwork };
}

/** The same, swept an hour ago. */
async function sweptOn(resources?: readonly EstateResource[]) {
  const own = await estateOn(resources);
  await sweep(own.ports, own.judgement, settings);
  own.clock.pass(60);
  return own;
}

/** Works through the shards of a run, as the queue would bring them. */
async function finished(ports: Ports, judgement: JudgementSettings, { runId }: Run): Promise<Run> {
  for (const { shardId, report } of await ports.runs.shards(runId)) {
    if (!report) {
      await workOn(ports, judgement, { runId, shardId }, settings);
    }
  }
  const run = await ports.runs.find(runId);
  expect.assert(run);
  return run;
}

const startChanges = (ports: Ports) => startSweep(ports, settings, { kind: 'changes', trigger: 'timer' });

/** One whole run about changes. */
async function judgeChanges(ports: Ports, judgement: JudgementSettings): Promise<Run> {
  const answer = await startChanges(ports);
  expect(answer.kind).toBe('started');
  return finished(ports, judgement, answer.run);
}

const nothingFound = { state: 'complete', changes: 0, shards: 0, judged: 0, gaps: [] };

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

describe('what Resource Graph keeps no change records of is compared with how it stood, and found once:', () => {
  test.each<[string, readonly EstateResource[], number]>([
    ['an item that came', [...web, item('web2')], 2],
    ['an item that went', web.filter(({ name }) => !name.startsWith('VM;')), 2],
    [
      'a policy that is another one',
      web.map((each) =>
        each.name === 'EnhancedPolicy'
          ? { ...each, properties: { ...each.properties, instantRpRetentionRangeInDays: 1 } }
          : each,
      ),
      1,
    ],
    [
      'a policy that came',
      [
        ...web,
        ...vaultWithPolicy()
          .slice(1)
          .map((each) => ({ ...each, id: `${each.id}2`, name: `${each.name}2` })),
      ],
      0,
    ],
  ])('%s', async (_, resources, judged) => {
    const { judgement, clock, later } = await sweptOn();
    const { ports } = await on(later(testEstate({ resources: [...resources, ...apart] })), clock.now);

    const run = await judgeChanges(ports, judgement);

    expect(run).toMatchObject({ state: 'complete', changes: 1, judged });
    clock.pass(60);
    expect(await judgeChanges(ports, judgement)).toMatchObject(nothingFound);
  });

  test('also where its subscription has no VM', async () => {
    const { ports, judgement, writer, otherId, clock } = await sweptOn(web);
    const properties = { level: 'ReadOnly' };
    await writer.put(`/subscriptions/${otherId}/providers/Microsoft.Authorization/locks/keep`, { properties });

    expect(await judgeChanges(ports, judgement)).toMatchObject({ changes: 1, shards: 0 });

    clock.pass(60);
    expect(await judgeChanges(ports, judgement)).toMatchObject(nothingFound);
  });

  test('the first item of all', async () => {
    const none = [vm('web1'), vm('web2'), ...vaultWithPolicy()];
    const { judgement, clock, later } = await sweptOn(none);
    const { ports } = await on(later(testEstate({ resources: [...none, item('web1')] })), clock.now);

    expect(await judgeChanges(ports, judgement)).toMatchObject({ changes: 1, judged: 2 });
  });

  test('the same locks in another order are no change', async () => {
    const locks = ['one', 'two'].map((name) => ({
      id: `/subscriptions/${subscription}/providers/Microsoft.Authorization/locks/${name}`,
      name,
      type: 'Microsoft.Authorization/locks',
      properties: { level: 'CanNotDelete' },
    }));
    const { judgement, clock, later } = await sweptOn([...web, ...apart, ...locks]);
    const { ports } = await on(later(testEstate({ resources: [...web, ...apart, ...locks.toReversed()] })), clock.now);

    expect(await judgeChanges(ports, judgement)).toMatchObject(nothingFound);
  });

  test('what could not be read meanwhile is compared when it can be read again', async () => {
    const { ports, judgement, writer, subscriptionId, clock } = await sweptOn();
    const policies = async () => unknown('no-permission', 'They could not be read.');
    await writer.put(policyId(vaultId('rsv-shop', subscriptionId)), {
      properties: { backupManagementType: 'AzureIaasVM', policyType: 'V2', instantRpRetentionRangeInDays: 1 },
    });
    expect(await judgeChanges(withInventory(ports, { policies }), judgement)).toMatchObject({ changes: 0 });
    clock.pass(60);

    expect(await judgeChanges(ports, judgement)).toMatchObject({ changes: 1, judged: 1 });
  });

  test('a sweep of a part keeps how everything stood: what changed elsewhere is still to be judged', async () => {
    const { ports, judgement, writer, subscriptionId, otherId, planned, clock } = await sweptOn();
    await writer.put(policyId(vaultId('rsv-shop', subscriptionId)), {
      properties: { backupManagementType: 'AzureIaasVM', policyType: 'V2', instantRpRetentionRangeInDays: 1 },
    });
    const part = await startSweepOf(ports, settings, [otherId]);
    expect.assert(part.kind === 'started');
    await finished(ports, judgement, part.run);
    clock.pass(60);

    const run = await judgeChanges(ports, judgement);

    expect(await planned(run)).toEqual(['own']);
    expect(run).toMatchObject({ changes: 1, judged: 1 });
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
