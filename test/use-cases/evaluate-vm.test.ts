import { describe, expect, test } from 'vitest';

import { parseVmId } from '../../lib/domain/ids.ts';
import { evaluateVm } from '../../lib/use-cases/evaluate-vm.ts';
import type { Inventory, Ports } from '../../lib/use-cases/ports.ts';
import { TryAgainLater } from '../../lib/use-cases/try-again-later.ts';
import { workOnShard } from '../../lib/use-cases/work-on-shard.ts';
import { refuseProtection, workOnEvaluation } from '../../lib/use-cases/work-queue.ts';
import { estateNow, subscription, testEstate, vaultWithPolicy, vm, vmId } from '../contract/test-estate.ts';
import { recording } from './recording.ts';
import { serviceOfFile } from './service-of-file.ts';
import { rowsByName, sweep } from './swept-estate.ts';

const { on, started: startedBare } = await serviceOfFile();

async function started(estate = testEstate()) {
  const own = await startedBare(estate);
  const addressOf = (name: string) => {
    const address = parseVmId(vmId(name, own.subscriptionId));
    if (!address) throw new Error(`${name} is no VM`);
    return address;
  };
  const cellOf = async () =>
    (await own.ports.postures.latest()).find((cell) => cell.subscriptionId === own.subscriptionId)?.posture;
  return { ...own, addressOf, cellOf };
}

test('a request is answered with the row as it is stored, and all findings', async () => {
  const { ports, judgement, subscriptionId, addressOf, cellOf } = await started();

  const answer = await evaluateVm(ports, judgement, { vm: addressOf('web1'), trigger: 'request' });

  const { web1 } = await rowsByName(ports, subscriptionId);
  expect(answer).toMatchObject({ kind: 'evaluated', row: web1 });
  expect(web1).toMatchObject({
    verdict: 'protected',
    trigger: 'request',
    evidenceAt: estateNow,
    item: { vault: 'rsv-shop' },
  });
  const findings = answer.kind === 'evaluated' ? answer.findings() : [];
  expect(findings.find(({ rule }) => rule === 'agent-ready')).toMatchObject({ outcome: 'pass' });
  expect(await cellOf()).toMatchObject({ vms: 1, verdicts: { protected: 1 } });
});

test('the same event twice leaves the same row: the second finds newer evidence', async () => {
  const { ports, judgement, subscriptionId, addressOf, cellOf } = await started();
  const request = { vm: addressOf('web1'), trigger: 'event', changedAt: '2026-11-20T05:59:00.000Z' } as const;
  await evaluateVm(ports, judgement, request);
  const before = await rowsByName(ports, subscriptionId);

  const answer = await evaluateVm(ports, judgement, request);

  expect(answer).toEqual({ kind: 'already-newer' });
  expect(await rowsByName(ports, subscriptionId)).toEqual(before);
  expect(await cellOf()).toMatchObject({ vms: 1 });
});

test('an event that was overtaken while it was read leaves the newer row as it is', async () => {
  const { ports, judgement, subscriptionId, addressOf, clock } = await started();
  const vm = addressOf('web1');
  const machine: Ports['arm']['machine'] = async (address) => {
    const reading = await ports.arm.machine(address);
    clock.pass(1);
    await evaluateVm(ports, judgement, { vm: address, trigger: 'event' });
    return reading;
  };

  const answer = await evaluateVm({ ...ports, arm: { ...ports.arm, machine } }, judgement, { vm, trigger: 'event' });

  expect(answer).toEqual({ kind: 'already-newer' });
  expect((await rowsByName(ports, subscriptionId))['web1']).toMatchObject({
    revision: 1,
    evidenceAt: '2026-11-20T06:01:00.000Z',
  });
});

test('events of VMs of one region at once are all counted', async () => {
  const names = Array.from({ length: 12 }, (_, n) => `burst${n}`);
  const resources = [...names.map((name) => vm(name)), ...vaultWithPolicy()];
  const { ports, judgement, addressOf, cellOf } = await started(testEstate({ resources }));

  await Promise.all(names.map((name) => evaluateVm(ports, judgement, { vm: addressOf(name), trigger: 'event' })));

  expect(await cellOf()).toMatchObject({ vms: 12, verdicts: { protectable: 12 } });
});

test('a VM that is gone is retired once, and one that nobody knew is nothing', async () => {
  const { ports, judgement, subscriptionId, addressOf, later, clock, cellOf } = await started();
  await evaluateVm(ports, judgement, { vm: addressOf('web2'), trigger: 'event' });
  const { ports: without } = await on(later(testEstate({ resources: [vm('web1')] })), clock.now);
  clock.pass(1);
  const ask = (name: string) => evaluateVm(without, judgement, { vm: addressOf(name), trigger: 'event' });

  const answers = [await ask('web2'), await ask('web2'), await ask('never-was')];

  expect(answers).toEqual([true, false, false].map((wasKnown) => ({ kind: 'gone', wasKnown })));
  expect((await rowsByName(ports, subscriptionId))['web2']?.goneAt).toBe('2026-11-20T06:01:00.000Z');
  expect(await cellOf()).toMatchObject({ vms: 0 });
});

test('a VM that comes back under its id is judged anew, since now', async () => {
  const { ports, judgement, subscriptionId, addressOf, later, clock } = await started();
  await evaluateVm(ports, judgement, { vm: addressOf('web2'), trigger: 'event' });
  const { ports: without } = await on(later(testEstate({ resources: [vm('web1')] })), clock.now);
  clock.pass(1);
  await evaluateVm(without, judgement, { vm: addressOf('web2'), trigger: 'event' });
  clock.pass(1);

  await evaluateVm(ports, judgement, { vm: addressOf('web2'), trigger: 'event' });

  const { web2 } = await rowsByName(ports, subscriptionId);
  expect(web2).toMatchObject({ verdict: 'protectable', since: '2026-11-20T06:02:00.000Z' });
  expect(web2).not.toHaveProperty('goneAt');
  const transitions = await ports.transitions.of(web2?.vmKey ?? '', 10);
  expect(transitions.map(({ to }) => to)).toEqual(['protectable', 'gone', 'protectable']);
});

test('an item that Resource Graph does not show yet is found by asking Azure Backup', async () => {
  const { ports, judgement, addressOf } = await started();
  const items: Inventory['items'] = async () => ({
    kind: 'known',
    value: { items: [], unreadableIn: [] },
    source: { where: 'a graph that lags', readAt: estateNow },
  });
  const inventory = { ...ports.inventory, items };

  const answer = await evaluateVm({ ...ports, inventory }, judgement, { vm: addressOf('web1'), trigger: 'event' });

  expect(answer).toMatchObject({ kind: 'evaluated', row: { verdict: 'protected', item: { vault: 'rsv-shop' } } });
});

test('a VM of a readable subscription that may not be read is listed as undetermined', async () => {
  const action = 'Microsoft.Compute/virtualMachines/read';
  const denied = [{ scope: `/subscriptions/${subscription}`, action }];
  const { ports, judgement, addressOf } = await started(testEstate({ denied }));

  const answer = await evaluateVm(ports, judgement, { vm: addressOf('web1'), trigger: 'request' });

  expect(answer).toMatchObject({ kind: 'evaluated', row: { verdict: 'undetermined', failing: [] } });
  const findings = answer.kind === 'evaluated' ? answer.row.findings : [];
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.filter((each) => each.outcome !== 'unknown' || each.action !== action)).toEqual([]);
});

test('a VM whose instance view alone may not be read is judged by everything else (ruling 22)', async () => {
  const action = 'Microsoft.Compute/virtualMachines/instanceView/read';
  const denied = [{ scope: `/subscriptions/${subscription}`, action }];
  const { ports, judgement, addressOf } = await started(testEstate({ denied }));

  const answer = await evaluateVm(ports, judgement, { vm: addressOf('web1'), trigger: 'request' });

  expect(answer).toMatchObject({ kind: 'evaluated', row: { verdict: 'protected' } });
  const findings = answer.kind === 'evaluated' ? answer.row.findings : [];
  const refused = findings.filter((each) => each.outcome === 'unknown' && each.action === action);
  expect(refused.map(({ rule }) => rule)).toContain('agent-ready');
});

describe('when Azure throttles or fails', () => {
  const message = (vm: string) => ({
    vmId: vm,
    change: 'written',
    changedAt: '2026-11-20T05:59:00.000Z',
    eventId: 'e',
  });

  test.each([
    [429, true],
    [400, false],
  ])(
    'a status %i of the VM stores nothing and is tried again; waiting in the queue: %s',
    async (status, isThrottled) => {
      const { ports, judgement, subscriptionId, addressOf, azure } = await started();
      azure.faults({ path: /virtualMachines/, status });

      const failing = evaluateVm(ports, judgement, { vm: addressOf('web1'), trigger: 'event' });

      await expect(failing).rejects.toMatchObject({ name: 'TryAgainLater', isThrottled });
      expect(await rowsByName(ports, subscriptionId)).toEqual({});
    },
  );

  test('a throttled message goes back into its queue with a delay', async () => {
    const { ports, judgement, addressOf, azure } = await started();
    azure.faults({ path: /virtualMachines/, status: 429 });
    const recorded = recording(ports);
    const sentAgain = message(addressOf('web1').id);

    await workOnEvaluation(recorded.ports, judgement, sentAgain);

    const dueAt = '2026-11-20T06:01:00.000Z';
    expect(recorded.sent).toEqual([{ queue: 'evaluate-vm', message: { ...sentAgain, dueAt }, seconds: 60 }]);
  });

  test('a message waits for as long as Azure asks for', async () => {
    const { ports, judgement, addressOf, azure } = await started();
    azure.faults({ path: /virtualMachines/, status: 429, headers: { 'retry-after': '600' } });
    const recorded = recording(ports);

    await workOnEvaluation(recorded.ports, judgement, message(addressOf('web1').id));

    expect(recorded.sent).toMatchObject([{ queue: 'evaluate-vm', seconds: 600 }]);
    expect(azure.requests.filter(({ path }) => path.includes('virtualMachines'))).toHaveLength(1);
  });

  test('any other failure is left to the next delivery', async () => {
    const { ports, judgement, addressOf, azure } = await started();
    azure.faults({ path: /virtualMachines/, status: 400 });
    const recorded = recording(ports);

    const failing = workOnEvaluation(recorded.ports, judgement, message(addressOf('web1').id));

    await expect(failing).rejects.toThrow(TryAgainLater);
    expect(recorded.sent).toEqual([]);
  });
});

describe('a message that nobody can process is put aside with its reason', () => {
  const good = { vmId: vmId('web1'), change: 'written', changedAt: estateNow, eventId: 'e' };
  const check = { vmId: vmId('web1'), checkAt: estateNow, bornAt: estateNow };

  test.each([
    ['no JSON', 'message: '],
    [{}, 'vmId: '],
    [{ ...good, vmId: '/subscriptions/x' }, 'not the id of a VM'],
    [{ ...good, change: 'moved' }, 'change: '],
    [{ ...good, changedAt: 'yesterday' }, 'changedAt: '],
    [{ ...good, more: 1 }, 'message: '],
    [{ ...good, dueAt: 'soon' }, 'dueAt: '],
    [{ ...good, checkAt: estateNow }, 'bornAt: '],
    [{ ...check, checkAt: 'soon' }, 'checkAt: '],
    [{ ...check, bornAt: '' }, 'bornAt: '],
    [{ ...check, eventId: 'e' }, 'message: '],
    [{ ...check, vmId: 'x' }, 'not the id of a VM'],
  ])('in evaluate-vm: %j', async (message, why) => {
    const { ports, sent, lines } = recording({} as Ports);

    await workOnEvaluation(ports, {} as never, message);

    const text = typeof message === 'string' ? message : JSON.stringify(message);
    expect(sent).toEqual([{ queue: 'evaluate-vm-poison', message: text }]);
    expect(lines.join()).toContain(why);
  });

  test.each([[5], [{ runId: '' }], [{ runId: 'r' }], [null]])('in sweep-shard: %j', async (message) => {
    const { ports, sent } = recording({} as Ports);

    await workOnShard(ports, {} as never, message);

    expect(sent).toEqual([{ queue: 'sweep-shard-poison', message: JSON.stringify(message) }]);
  });

  test('in protect-vm: always, as this app enables nothing', async () => {
    const { ports, sent } = recording({} as Ports);

    await refuseProtection(ports, { vmId: 'x' });

    expect(sent).toEqual([{ queue: 'protect-vm-poison', message: '{"vmId":"x"}' }]);
  });
});

test('events and sweeps come to the same verdicts', async () => {
  const { ports, judgement, subscriptionId, addressOf } = await started();
  await sweep(ports, judgement);
  const swept = await rowsByName(ports, subscriptionId);

  for (const name of Object.keys(swept)) {
    const answer = await evaluateVm(ports, judgement, { vm: addressOf(name), trigger: 'request' });

    expect(answer).toMatchObject({
      kind: 'evaluated',
      row: { verdict: swept[name]?.verdict, failing: swept[name]?.failing },
    });
  }
});
