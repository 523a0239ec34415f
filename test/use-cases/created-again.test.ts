import { expect, test } from 'vitest';

import { parseVmId } from '../../lib/domain/ids.ts';
import { evaluateVm } from '../../lib/use-cases/evaluate-vm.ts';
import { workOnEvaluation } from '../../lib/use-cases/work-queue.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { configureJob, item, testEstate, vaultWithPolicy, vm, vmId, vmProperties } from '../contract/test-estate.ts';
import { recording } from './recording.ts';
import { serviceOfFile } from './service-of-file.ts';
import { rowsByName } from './swept-estate.ts';

const { on, started } = await serviceOfFile();

const deletedAt = '2026-11-20T06:01:00.000Z';
const createdAt = '2026-11-20T06:02:00.000Z';

const protection = [...vaultWithPolicy(), item('web1'), configureJob('web1')];
const web = (change: Partial<EstateResource> = {}) => [vm('web1', change), ...protection];
/** The VM that took the name of web1: Azure tells them apart by their own id. */
const another = { properties: { ...vmProperties('web1'), vmId: 'guid-of-another', timeCreated: createdAt } };

/** web1 was judged at 6:00; at 6:03 there is another VM under its name. */
async function createdAgain(change: Partial<EstateResource> = {}) {
  const { ports: former, judgement, clock, later, subscriptionId } = await started(testEstate({ resources: web() }));
  const address = parseVmId(vmId('web1', subscriptionId));
  if (!address) throw new Error('web1 is no VM');
  await evaluateVm(former, judgement, { vm: address, trigger: 'event' });
  clock.pass(3);
  const { ports: present } = await on(later(testEstate({ resources: web({ ...another, ...change }) })), clock.now);
  const recorded = recording(present);
  const message = (change: 'written' | 'deleted', changedAt: string) => ({
    vmId: address.id,
    change,
    changedAt,
    eventId: 'e',
  });
  const row = async () => (await rowsByName(present, subscriptionId))['web1'];
  const work = (raw: unknown) => workOnEvaluation(recorded.ports, judgement, raw);
  return { ...recorded, clock, message, row, work, former: await row() };
}

test('a VM that took the name of another is judged as another: since now, seen first now', async () => {
  const { message, work, row, former } = await createdAgain();

  await work(message('written', createdAt));

  const now = '2026-11-20T06:03:00.000Z';
  expect(former).toMatchObject({ instanceId: 'guid-of-web1', verdict: 'protected', since: '2026-11-20T06:00:00.000Z' });
  expect(await row()).toMatchObject({ instanceId: 'guid-of-another', since: now, revision: 2, evidenceAt: now });
});

test('the item under the name is the same one, and keeps the time of its first sight', async () => {
  const { message, work, row, former } = await createdAgain();

  await work(message('written', createdAt));

  expect(await row()).toMatchObject({ item: former?.item, itemSeenAt: '2026-11-20T06:00:00.000Z' });
});

test('what the agent of the former VM said is not kept', async () => {
  const { vmAgent: _silent, ...instanceView } = vm('web1').instanceView ?? {};
  const { message, work, row } = await createdAgain({ instanceView });

  await work(message('written', createdAt));

  expect((await row())?.unknown).toContain('agent-ready');
});

test('the transition says that the VM was created again, also where the verdict is the same', async () => {
  const { message, work, ports, former } = await createdAgain();

  await work(message('written', createdAt));

  const [newest, ...older] = await ports.transitions.of(former?.vmKey ?? '', 10);
  expect(newest).toMatchObject({
    from: 'protected',
    revision: 2,
    why: expect.stringMatching(/^The VM was created again under the same name\. /),
  });
  expect(older).toHaveLength(1);
});

test('it is looked at again like any newborn VM', async () => {
  const { message, work, sent } = await createdAgain();

  await work(message('written', createdAt));

  expect(sent).toMatchObject([{ message: { checkAt: '2026-11-20T06:04:00.000Z', bornAt: createdAt }, seconds: 60 }]);
});

test('the late event that the former VM was deleted retires nothing', async () => {
  const { message, work, row } = await createdAgain();
  await work(message('written', createdAt));
  const before = await row();

  await work(message('deleted', deletedAt));

  expect(await row()).toEqual(before);
});

test('nor does it when it is the first to be worked on: the VM that is there now is judged', async () => {
  const { message, work, row } = await createdAgain();

  await work(message('deleted', deletedAt));
  await work(message('written', createdAt));

  expect(await row()).toMatchObject({ instanceId: 'guid-of-another', revision: 2 });
  expect(await row()).not.toHaveProperty('goneAt');
});

test('created again in another region, it is counted there and no longer in the former one', async () => {
  const { message, work, ports, row } = await createdAgain({ location: 'northeurope' });

  await work(message('written', createdAt));

  const subscriptionId = (await row())?.subscriptionId ?? '';
  const cells = await ports.postures.cells({ subscriptions: [subscriptionId] });
  const counts = Object.fromEntries(cells.map(({ region, posture }) => [region, posture.vms]));
  expect(counts).toEqual({ westeurope: 0, northeurope: 1 });
});
