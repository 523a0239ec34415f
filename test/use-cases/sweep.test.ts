import { describe, expect, test } from 'vitest';

import { parseVmId } from '../../lib/domain/ids.ts';
import { evaluateVm } from '../../lib/use-cases/evaluate-vm.ts';
import type { Inventory, MachineFacts, MachinePage, Ports } from '../../lib/use-cases/ports.ts';
import { TryAgainLater } from '../../lib/use-cases/try-again-later.ts';
import { instanceView, item, testEstate, vaultWithPolicy, vm, vmId } from '../contract/test-estate.ts';
import { serviceOfFile, withInventory } from './service-of-file.ts';
import { rowsByName, start, sweep, verdictsByName, workOn } from './swept-estate.ts';

const { on, started } = await serviceOfFile();

const addressIn = (subscriptionId: string, name: string) => {
  const address = parseVmId(vmId(name, subscriptionId));
  if (!address) throw new Error(`${name} is no VM`);
  return address;
};

type Cause = 'no-permission' | 'throttled' | 'partial-inventory';

const unread = (cause: Cause) => async () =>
  ({ kind: 'unknown', because: { cause, detail: 'It could not be read.' } }) as const;

const unknownMachines = (cause: Cause): Inventory['machines'] =>
  async function* () {
    yield await unread(cause)();
  };

/** The pages of VMs as they are read, but each one changed. */
const changedPages = (inventory: Inventory, change: (page: MachinePage) => MachinePage): Inventory['machines'] =>
  async function* (cells) {
    for await (const page of inventory.machines(cells)) {
      yield page.kind === 'known' ? { ...page, value: change(page.value) } : page;
    }
  };

test('a sweep judges every VM, counts them, and is complete', async () => {
  const { ports, judgement, subscriptionId } = await started();

  const run = await sweep(ports, judgement);

  expect(run).toMatchObject({
    state: 'complete',
    vms: 2,
    vmsExpected: 2,
    changed: 2,
    shards: 1,
    shardsDone: 1,
    gaps: [],
  });
  expect(await verdictsByName(ports, subscriptionId)).toEqual({ web1: 'protected', web2: 'protectable' });
  const cells = (await ports.postures.latest()).filter((cell) => cell.subscriptionId === subscriptionId);
  expect(cells).toMatchObject([
    { region: 'westeurope', posture: { vms: 2, verdicts: { protected: 1, protectable: 1 } } },
  ]);
});

test('a second sweep without a change writes no row and no transition', async () => {
  const { ports, judgement, subscriptionId } = await started();
  await sweep(ports, judgement);
  const before = await ports.evaluations.headsOf(subscriptionId);

  const run = await sweep(ports, judgement);

  expect(run).toMatchObject({ state: 'complete', vms: 2, changed: 0 });
  expect(await ports.evaluations.headsOf(subscriptionId)).toEqual(before);
  for (const vmKey of before.keys()) {
    expect(await ports.transitions.of(vmKey, 10)).toEqual([]);
  }
});

test('a message of a finished shard changes nothing, nor does one of a shard that nobody planned', async () => {
  const { ports, judgement, subscriptionId, azure } = await started();
  const { runId } = await sweep(ports, judgement);
  const before = await ports.evaluations.headsOf(subscriptionId);
  const requests = azure.requests.length;

  await workOn(ports, judgement, { runId, shardId: '0001' });
  await workOn(ports, judgement, { runId, shardId: '9999' });

  expect(await ports.evaluations.headsOf(subscriptionId)).toEqual(before);
  expect(azure.requests).toHaveLength(requests);
});

test('a VM that changed is told as a transition, with where it came from', async () => {
  const { ports, judgement, subscriptionId, later, clock } = await started();
  await sweep(ports, judgement);
  const stopped = item('web1', { protectionState: 'ProtectionStopped' });
  const changed = testEstate({ resources: [vm('web1'), vm('web2'), ...vaultWithPolicy(), stopped] });
  const next = await on(later(changed), clock.now);

  const run = await sweep(next.ports, judgement);

  const { web1 } = await rowsByName(ports, subscriptionId);
  expect(run.changed).toBe(1);
  expect(web1).toMatchObject({ verdict: 'at-risk', revision: 2, runId: run.runId });
  const transitions = await ports.transitions.of(web1?.vmKey ?? '', 10);
  expect(transitions).toMatchObject([{ from: 'protected', to: 'at-risk' }]);
});

describe('a VM that is no longer there', () => {
  const withoutWeb2 = testEstate({ resources: [vm('web1'), ...vaultWithPolicy(), item('web1')] });

  async function sweptAndLeft() {
    const first = await started();
    await sweep(first.ports, first.judgement);
    const { ports } = await on(first.later(withoutWeb2), first.clock.now);
    return { ...first, ports };
  }

  test('is retired by a complete read, and no longer counted', async () => {
    const { ports, judgement, subscriptionId, clock } = await sweptAndLeft();
    clock.pass(60);

    const run = await sweep(ports, judgement);

    expect(run).toMatchObject({ state: 'complete', vms: 1, changed: 1 });
    expect(await verdictsByName(ports, subscriptionId)).toEqual({ web1: 'protected', web2: 'gone' });
    const cells = (await ports.postures.latest()).filter((cell) => cell.subscriptionId === subscriptionId);
    expect(cells).toMatchObject([{ posture: { vms: 1, verdicts: { protected: 1 } } }]);
    const { web2 } = await rowsByName(ports, subscriptionId);
    expect((await ports.transitions.of(web2?.vmKey ?? '', 1))[0]).toMatchObject({ to: 'gone' });
  });

  test('is left alone while Resource Graph may only lag behind', async () => {
    const { ports, judgement, subscriptionId, clock } = await sweptAndLeft();
    clock.pass(10);

    await sweep(ports, judgement);

    expect(await verdictsByName(ports, subscriptionId)).toMatchObject({ web2: 'protectable' });
  });

  test('is left alone by a shard that failed, and the run is incomplete', async () => {
    const { ports, judgement, subscriptionId, clock } = await sweptAndLeft();
    clock.pass(60);

    const run = await sweep(withInventory(ports, { machines: unknownMachines('no-permission') }), judgement);

    expect(run).toMatchObject({ state: 'incomplete', vms: 0, gaps: [{ cause: 'no-permission' }] });
    expect(await verdictsByName(ports, subscriptionId)).toEqual({ web1: 'protected', web2: 'protectable' });
  });

  test('is left alone when a row without an id may have been its own', async () => {
    const { ports, judgement, subscriptionId, clock } = await sweptAndLeft();
    clock.pass(60);
    const machines = changedPages(ports.inventory, (page) => ({ ...page, unreadable: [''] }));

    const run = await sweep(withInventory(ports, { machines }), judgement);

    expect(run.state).toBe('incomplete');
    expect(await verdictsByName(ports, subscriptionId)).toMatchObject({ web2: 'protectable' });
  });

  test('is retired with the whole region when nothing is left of it', async () => {
    const { ports: first, judgement, subscriptionId, clock, later } = await sweptAndLeft();
    const { ports } = await on(later(testEstate({ resources: [] })), clock.now);
    clock.pass(60);
    expect(await verdictsByName(first, subscriptionId)).toMatchObject({ web1: 'protected' });

    const run = await sweep(ports, judgement);

    expect(run).toMatchObject({ state: 'complete', vms: 0, vmsExpected: 0, changed: 2 });
    expect(await verdictsByName(ports, subscriptionId)).toEqual({ web1: 'gone', web2: 'gone' });
  });
});

test.each(['throttled', 'partial-inventory'] as const)(
  'a shard whose VMs cannot be read (%s) is tried again',
  async (cause) => {
    const { ports, judgement } = await started();
    const answer = await start(ports);
    const message = { runId: answer.run.runId, shardId: '0001' };

    const failing = workOn(withInventory(ports, { machines: unknownMachines(cause) }), judgement, message);

    await expect(failing).rejects.toThrow(TryAgainLater);
    expect((await ports.runs.shard(message.runId, message.shardId))?.report).toBeUndefined();
    await workOn(ports, judgement, message);
    expect((await ports.runs.find(message.runId))?.state).toBe('complete');
  },
);

test.each(['items', 'policies', 'backupJobs', 'containers'] as const)(
  'a sweep that could not read its %s is incomplete and says so',
  async (reading) => {
    const { ports, judgement } = await started();

    const run = await sweep(withInventory(ports, { [reading]: unread('no-permission') }), judgement);

    expect(run.state).toBe('incomplete');
    expect(run.gaps).toMatchObject([{ cause: 'no-permission', detail: 'It could not be read.' }]);
  },
);

test('a shard whose items are throttled is tried again instead of making its VMs undetermined', async () => {
  const { ports, judgement } = await started();
  const answer = await start(ports);
  const message = { runId: answer.run.runId, shardId: '0001' };

  const throttled = workOn(withInventory(ports, { items: unread('throttled') }), judgement, message);

  await expect(throttled).rejects.toMatchObject({ name: 'TryAgainLater', isThrottled: true });
  await workOn(ports, judgement, message);
  expect((await ports.runs.find(message.runId))?.state).toBe('complete');
});

describe('a newer row of an event', () => {
  // Both are protected, so that the sweep looks at neither of them once more.
  const resources = [vm('web1'), vm('web3'), ...vaultWithPolicy(), item('web1'), item('web3')];

  /** A sweep that read every VM without its tags, and during which an event judges web3 at a given moment. */
  async function sweptDuringEvent(moment: 'machines are read' | 'rows were read') {
    const { ports, judgement, subscriptionId, clock } = await started(testEstate({ resources }));
    await sweep(ports, judgement);
    const event = async () => {
      clock.pass(1);
      await evaluateVm(ports, judgement, { vm: addressIn(subscriptionId, 'web3'), trigger: 'event' });
    };
    const tags: MachineFacts['tags'] = { kind: 'known', value: {}, source: { where: 'test', readAt: '' } };
    const stale = changedPages(ports.inventory, (page) => ({
      ...page,
      machines: page.machines.map((each) => ({ ...each, tags })),
    }));
    const machines: Inventory['machines'] = async function* (cells) {
      const pages = await Array.fromAsync(stale(cells));
      if (moment === 'machines are read') await event();
      yield* pages;
    };
    const add: Ports['transitions']['add'] = async (changes) => {
      if (moment === 'rows were read') await event();
      return ports.transitions.add(changes);
    };
    const transitions = { ...ports.transitions, add };
    await sweep({ ...withInventory(ports, { machines }), transitions }, judgement);
    return rowsByName(ports, subscriptionId);
  }

  test.each(['machines are read', 'rows were read'] as const)('stands when it came while %s', async (moment) => {
    const { web1, web3 } = await sweptDuringEvent(moment);

    expect(web3).toMatchObject({ trigger: 'event', owner: 'shop' });
    expect(web1).toMatchObject({ trigger: 'sweep', owner: '(none)' });
  });
});

test('what an event found about the agent survives the sweeps of a day', async () => {
  const lazy = vm('web1', { instanceView: instanceView('Unavailable') });
  const recent = item('web1', { lastRecoveryPoint: '2026-11-20T05:00:00Z' });
  const { ports, judgement, subscriptionId, clock } = await started(
    testEstate({ resources: [lazy, ...vaultWithPolicy(), recent] }),
  );
  await evaluateVm(ports, judgement, { vm: addressIn(subscriptionId, 'web1'), trigger: 'event' });
  const failing = async () => (await rowsByName(ports, subscriptionId))['web1']?.failing;
  expect(await failing()).toContain('agent-ready');

  clock.pass(60);
  await sweep(ports, judgement);
  const afterAnHour = await failing();
  clock.pass(24 * 60);
  await sweep(ports, judgement);

  expect(afterAnHour).toContain('agent-ready');
  expect(await failing()).not.toContain('agent-ready');
  expect((await rowsByName(ports, subscriptionId))['web1']).toMatchObject({
    verdict: 'protected',
    unknown: expect.arrayContaining(['agent-ready']),
  });
});
