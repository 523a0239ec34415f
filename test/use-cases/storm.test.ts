import { describe, expect, test } from 'vitest';

import { acceptVmEvent } from '../../lib/use-cases/accept-vm-event.ts';
import { changesShard } from '../../lib/use-cases/request-bulk-judgement.ts';
import { workOnEvaluation } from '../../lib/use-cases/work-queue.ts';
import { createAzureWriter } from '../../local/demo/azure-writer.ts';
import { randomStream } from '../../local/estates/random.ts';
import { testEstate, vaultWithPolicy, vm, vmId } from '../contract/test-estate.ts';
import { recording, type Sent } from './recording.ts';
import { serviceOfFile } from './service-of-file.ts';
import { rowsByName, sweep } from './swept-estate.ts';

const { certificate, started } = await serviceOfFile();

const names = ['a', 'b', 'c', 'd'];
const changedAt = '2026-11-20T05:59:30.000Z';
/** The first window of two minutes that begins when Resource Graph shows the change. */
const bulkAt = '2026-11-20T06:06:00.000Z';

const eventType = 'Microsoft.Resources.ResourceWriteSuccess';
const isVm = /\/virtualMachines\/[^/]+$/;

/** VMs of one subscription that changed half a minute ago; many messages are due if told so. */
async function storm(options: { many?: boolean } = {}) {
  const own = await started(testEstate({ resources: [...names.map((name) => vm(name)), ...vaultWithPolicy()] }));
  const { ports, sent, lines } = recording(own.ports, options);
  const message = (name: string, change: object = {}) => ({
    vmId: vmId(name, own.subscriptionId),
    change: 'written',
    changedAt,
    eventId: `e-${name}`,
    dueAt: '2026-11-20T05:59:50.000Z',
    ...change,
  });
  const work = (raw: unknown) => workOnEvaluation(ports, own.judgement, raw);
  const rows = () => rowsByName(ports, own.subscriptionId);
  return { ...own, ports, sent, lines, message, work, rows };
}

const to = (queue: string) => (each: Sent) => each.queue === queue;

/** Delivers everything that waits in `evaluate-vm`. */
async function deliver(sent: Sent[], work: (raw: unknown) => Promise<void>): Promise<void> {
  for (const { message } of sent.splice(0).filter(to('evaluate-vm'))) {
    await work(message);
  }
}

describe('when ARM has no room for a subscription', () => {
  test('its messages wait for one bulk judgement, which one of them asks for', async () => {
    const { ports, sent, message, work, subscriptionId, rows, azure } = await storm();
    ports.armBudget.refused(subscriptionId);

    await Promise.all(names.map((name) => work(message(name))));

    expect(await rows()).toEqual({});
    expect(azure.requests).toEqual([]);
    expect(sent.filter(to('sweep-shard'))).toEqual([
      { queue: 'sweep-shard', message: { runId: '20261120T060600000Z-changes', shardId: changesShard }, seconds: 360 },
    ]);
    expect(await ports.bulkRequests.askedFor('20261120T060600000Z-changes')).toContain(subscriptionId);
    const waiting = sent.filter(to('evaluate-vm'));
    expect(waiting.map((each) => each.message)).toEqual(
      expect.arrayContaining(
        names.map((name) => expect.objectContaining(message(name, { bulkAt, dueAt: expect.any(String) }))),
      ),
    );
    for (const { seconds = 0 } of waiting) {
      expect(seconds).toBeGreaterThanOrEqual(360 + 90);
      expect(seconds).toBeLessThan(360 + 90 + 60);
    }
    expect(new Set(waiting.map(({ seconds }) => seconds)).size).toBeGreaterThan(1);
  });

  test('what was judged in bulk meanwhile is done, at the cost of point reads', async () => {
    const { ports, judgement, sent, message, work, subscriptionId, rows, clock, azure } = await storm();
    await workOnEvaluation(ports, judgement, message('a', { changedAt: '2026-11-20T05:00:00.000Z' }));
    ports.armBudget.refused(subscriptionId);
    await work(message('a', { changedAt: '2026-11-20T06:00:01.000Z' }));
    const before = await rows();
    clock.pass(7);
    await ports.bulkRequests.noteJudged(subscriptionId, '2026-11-20T06:06:00.000Z');
    const asked = azure.requests.length;

    await deliver(sent, work);

    expect(await rows()).toEqual(before);
    expect(sent).toEqual([]);
    expect(azure.requests).toHaveLength(asked);
  });

  test('a VM that the bulk judgement has not seen is judged by itself', async () => {
    const { ports, sent, message, work, subscriptionId, rows, clock } = await storm();
    ports.armBudget.refused(subscriptionId);
    await work(message('b'));
    clock.pass(7);
    await ports.bulkRequests.noteJudged(subscriptionId, '2026-11-20T06:06:00.000Z');

    await deliver(sent, work);

    expect(await rows()).toMatchObject({ b: { evidenceAt: '2026-11-20T06:07:00.000Z' } });
  });

  test('VMs are judged by themselves when time has made room, and no bulk judgement came', async () => {
    const { ports, sent, message, work, subscriptionId, rows, clock } = await storm();
    ports.armBudget.refused(subscriptionId);
    await Promise.all(names.map((name) => work(message(name))));
    clock.pass(8);

    await deliver(sent, work);

    expect(Object.keys(await rows()).toSorted()).toEqual(names);
    expect(sent).toEqual([]);
  });

  test('deleted VMs wait as well, but ask for nothing: a bulk judgement retires them only later', async () => {
    const { ports, sent, message, work, subscriptionId } = await storm();
    ports.armBudget.refused(subscriptionId);

    await work(message('a', { change: 'deleted' }));

    expect(sent).toMatchObject([{ queue: 'evaluate-vm', message: { change: 'deleted' } }]);
    expect(sent[0]?.seconds).toBeGreaterThanOrEqual(60);
    expect(sent[0]?.message).not.toHaveProperty('bulkAt');
  });

  test('looks at newborn VMs wait as well', async () => {
    const { ports, sent, work, subscriptionId } = await storm();
    ports.armBudget.refused(subscriptionId);
    const check = { vmId: vmId('a', subscriptionId), checkAt: '2026-11-20T06:00:00.000Z', bornAt: changedAt };

    await work(check);

    expect(sent.filter(to('evaluate-vm'))).toMatchObject([{ message: { ...check, bulkAt } }]);
  });

  test('messages about what is already judged do not wait', async () => {
    const { ports, sent, message, work, subscriptionId, lines } = await storm();
    await work(message('a'));
    ports.armBudget.refused(subscriptionId);

    await work(message('a', { eventId: 'again' }));

    expect(sent).toEqual([]);
    expect(lines.at(-1)).toContain('"verdict":"already-newer"');
  });
});

describe('when messages come late', () => {
  const late = { dueAt: '2026-11-20T05:58:59.000Z' };

  test.each([
    ['and many more are due: in bulk', true, late, []],
    ['and few are due: by itself', false, late, ['a']],
    ['but not by a minute, however many are due: by itself', true, { dueAt: '2026-11-20T05:59:01.000Z' }, ['a']],
    ['and do not say when they were due, as in earlier versions: by itself', true, { dueAt: undefined }, ['a']],
  ])('a VM is judged %s', async (_, many, change, judged) => {
    const { message, work, rows } = await storm({ many });

    await work(message('a', change));

    expect(Object.keys(await rows())).toEqual(judged);
  });
});

/** Repeat a failure with its seed. */
const seed = Number(process.env['STORM_SEED'] ?? 4);

test(`in a storm of events every VM is judged after its last write, and few are read (STORM_SEED=${seed})`, async () => {
  const random = randomStream(seed, 'storm');
  const many = Array.from({ length: 24 }, (_, number) => `vm${number}`);
  const own = await started(testEstate({ resources: [...many.map((name) => vm(name)), ...vaultWithPolicy()] }));
  const { ports, sent } = recording(own.ports);
  const writer = createAzureWriter(own.azure.armUrl, certificate);
  const work = (raw: unknown) => workOnEvaluation(ports, own.judgement, raw);
  // A day of its own: the tests of this file share a storage, and bulk judgements are asked for by their instant.
  own.clock.pass(1440);
  const readsOfVms = () => own.azure.requests.filter(({ method, path }) => method === 'GET' && isVm.test(path)).length;
  for (const turn of ['first', 'second', 'last']) {
    for (const name of random.shuffled(many)) {
      const id = vmId(name, own.subscriptionId);
      await writer.patch(id, { tags: { owner: `${turn}-${name}` } });
      const event = { id: 'e', subject: id, eventType, eventTime: own.clock.now().toISOString() };
      await acceptVmEvent(ports, { settleSeconds: 20, subscriptions: [] }, event);
      await acceptVmEvent(ports, { settleSeconds: 20, subscriptions: [] }, event);
    }
    own.clock.pass(1 / 6);
  }
  own.clock.pass(1 / 3);
  // ARM refused a moment ago: since then there is room for 2.
  ports.armBudget.refused(own.subscriptionId);
  own.clock.pass(1 / 60);

  await Promise.all(random.shuffled(sent.splice(0)).map(({ message }) => work(message)));

  const readSingly = readsOfVms();
  expect(readSingly).toBe(2);
  const asked = sent.filter(to('sweep-shard'));
  expect(asked).toHaveLength(1);
  own.clock.pass((asked[0]?.seconds ?? 0) / 60);
  const readAt = own.clock.now().toISOString();
  await sweep(own.ports, own.judgement);
  await ports.bulkRequests.noteJudged(own.subscriptionId, readAt);
  own.clock.pass(3);
  const askedInAll = own.azure.requests.length;
  await deliver(sent, work);

  expect(own.azure.requests).toHaveLength(askedInAll);
  expect(sent).toEqual([]);
  const rows = await rowsByName(ports, own.subscriptionId);
  expect(many.map((name) => rows[name]?.owner)).toEqual(many.map((name) => `last-${name}`));
});

test('a refusal of Azure leaves no room for the next ones', async () => {
  const { ports, sent, message, work, subscriptionId, azure } = await storm();
  azure.faults({ path: /virtualMachines/, status: 429 });

  await work(message('a'));

  expect(sent).toMatchObject([{ queue: 'evaluate-vm', seconds: 60 }]);
  expect(ports.armBudget.take(subscriptionId)).toBe(false);
});
