import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { QueueName } from '../../lib/use-cases/ports.ts';
import { type Api, createApi } from '../../local/demo/api.ts';
import { type AzureWriter, createAzureWriter } from '../../local/demo/azure-writer.ts';
import { type NewMachine, newMachine } from '../../local/demo/new-machine.ts';
import { awaitVerdict } from '../../local/demo/watch-event.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { HostMessage } from '../../local/host/messages.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { vmIdsOf } from './support/estate-vms.ts';
import { openQueues, type Queues } from './support/queues.ts';
import { allVms, bodyOf, countVerdicts, patience, postureOf, sweep } from './support/results.ts';

const estate = generateEstate({ vms: 10, seed: 21 });
const lines: string[] = [];
let neighbourhood: Neighbourhood;
let azure: AzureWriter;
let api: Api;
let queues: Queues;

beforeAll(async () => {
  // Every event comes twice, and what comes together comes in any order.
  const simulated = { resourceGraphQuota: 'off', lagMs: 0, events: { duplicateEvery: 1 } } as const;
  const settings = { BACKSTOP_SETTLE_SECONDS: '0' };
  neighbourhood = await startBuilt({ estate, simulated, settings, onLog: (line) => lines.push(line) });
  neighbourhood.host.child.process.on('message', (message: HostMessage) => lines.push(JSON.stringify(message)));
  azure = createAzureWriter(neighbourhood.azure.armUrl, neighbourhood.certificate);
  api = createApi(neighbourhood);
  queues = openQueues(neighbourhood);
  await sweep(neighbourhood);
  neighbourhood.runClock();
});

afterAll(() => neighbourhood?.stop());

function machine(number: number): NewMachine {
  return newMachine(estate, number, neighbourhood.clock.now());
}

function timesLogged(message: string): number {
  return lines.filter((line) => line.includes(`"message":"${message}"`)).length;
}

/** Whether every event that was accepted is worked on. Looks at newborn VMs stay in the queue until it is their time. */
async function isQuiet(): Promise<boolean> {
  const isDone = timesLogged('An event was worked on.') === timesLogged('A VM changed.');
  return isDone && (await queues.due('evaluate-vm')) === 0;
}

/** Waits until nothing is left to do, and no event is on its way. */
async function quiet(): Promise<void> {
  let times = 0;
  const quietTimes = async () => {
    times = (await isQuiet()) ? times + 1 : 0;
    return times;
  };
  await expect.poll(quietTimes, patience).toBeGreaterThanOrEqual(3);
}

/** Delivers events as Event Grid does, and expects that they are accepted. */
async function deliver(...events: readonly unknown[]): Promise<void> {
  const answer = await fetch(neighbourhood.webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
    body: JSON.stringify(events),
  });
  await answer.arrayBuffer();
  expect(answer.status).toBe(202);
}

/** An event about a resource, as the system topic of its subscription sends it. */
function eventOf(resourceUri: string, change: 'Write' | 'Delete' = 'Write', at = neighbourhood.clock.now()) {
  return {
    id: crypto.randomUUID(),
    topic: '/subscriptions/x',
    subject: resourceUri,
    eventType: `Microsoft.Resources.Resource${change}Success`,
    eventTime: at.toISOString(),
    dataVersion: '2',
    metadataVersion: '1',
    data: { resourceUri, claims: { name: 'Erika Mustermann', upn: 'erika@example.org' }, status: 'Succeeded' },
  };
}

async function expectPostureToFit(): Promise<void> {
  const vms = await allVms(neighbourhood);
  const { counted, vms: number } = await postureOf(neighbourhood);
  expect(number).toBe(vms.length);
  expect(counted).toEqual(countVerdicts(vms));
}

describe('a VM', () => {
  it('that is created, changed and deleted is judged, judged anew and retired; the posture follows', async () => {
    const { id, body } = machine(0);

    await azure.put(id, body);
    const { row: born } = await awaitVerdict(api, id, () => true);
    expect(born).toMatchObject({ verdict: expect.stringMatching(/^(protectable|blocked)$/), trigger: 'event' });
    await quiet();
    await expectPostureToFit();

    await azure.patch(id, { tags: { 'backstop-exclude': 'true' } });
    await awaitVerdict(api, id, ({ verdict }) => verdict === 'exempt');
    await quiet();
    await expectPostureToFit();

    await azure.remove(id);
    await awaitVerdict(api, id, ({ goneAt }) => goneAt !== undefined);
    await quiet();
    expect((await allVms(neighbourhood)).map(({ vmId }) => vmId)).not.toContain(id);
    await expectPostureToFit();
  });

  it('that is created again under its old id is a VM again', async () => {
    const { id, body } = machine(0);

    await azure.put(id, body);

    const { row } = await awaitVerdict(api, id, ({ goneAt }) => goneAt === undefined);
    expect(row.trigger).toBe('event');
    await quiet();
    await expectPostureToFit();
    await azure.remove(id);
    await awaitVerdict(api, id, ({ goneAt }) => goneAt !== undefined);
  });

  it('is judged from what Azure shows now, whatever order its events come in', async () => {
    const { id, body } = machine(1);
    const earlier = new Date(neighbourhood.clock.now().getTime() - 60_000);
    await azure.put(id, body);
    await awaitVerdict(api, id, () => true);

    await deliver(eventOf(id), eventOf(id, 'Delete', earlier), eventOf(id.toUpperCase(), 'Write', earlier));
    await deliver(eventOf(id, 'Delete'));
    await quiet();

    expect((await api.vm(id))?.goneAt).toBeUndefined();
    expect((await allVms(neighbourhood)).filter((vm) => vm.vmId.toLowerCase() === id.toLowerCase())).toHaveLength(1);
    await expectPostureToFit();
  });

  it('that was judged after a change is left as it is by the late message about the change', async () => {
    const { id } = machine(1);
    const before = await api.vm(id);
    const earlier = new Date(neighbourhood.clock.now().getTime() - 3_600_000);

    await deliver(eventOf(id, 'Write', earlier), eventOf(id, 'Delete', earlier));
    await quiet();

    expect(await api.vm(id)).toEqual(before);
  });
});

describe('a newborn VM', () => {
  const looks = () => timesLogged('A newborn VM was looked at.');

  it('is looked at once when it is time, however often it is asked for', async () => {
    const { id, body } = machine(4);
    await azure.put(id, body);
    const { row } = await awaitVerdict(api, id, () => true);
    await quiet();
    const checkAt = neighbourhood.clock.now().toISOString();
    const check = JSON.stringify({ vmId: id, checkAt, bornAt: row.evidenceAt });

    await Promise.all([1, 2, 3].map(() => queues.send('evaluate-vm', check)));

    await expect.poll(looks, patience).toBe(3);
    const looked = await api.vm(id);
    expect(Date.parse(looked?.evidenceAt ?? '')).toBeGreaterThanOrEqual(Date.parse(checkAt));
    const before = looks();
    await queues.send('evaluate-vm', check);
    await expect.poll(looks, patience).toBe(before + 1);
    expect(await api.vm(id)).toEqual(looked);
    expect(await queues.count('evaluate-vm-poison')).toBe(0);
  });

  it('has a look to come in the queue, which is not due yet', async () => {
    expect(await queues.count('evaluate-vm')).toBeGreaterThan(0);
    expect(await queues.due('evaluate-vm')).toBe(0);
  });
});

it('of many VMs that are written several times at once each is judged after its last write', async () => {
  const born = Array.from({ length: 12 }, (_, number) => machine(20 + number));
  const ownerOf = (name: string) => `last-writer-of-${name}`;

  await Promise.all(
    born.map(async ({ id, name, body }) => {
      await azure.put(id, body);
      await azure.patch(id, { tags: { owner: 'somebody' } });
      await azure.patch(id, { tags: { owner: ownerOf(name) } });
    }),
  );

  await quiet();
  const rows = await Promise.all(born.map(({ id }) => api.vm(id)));
  expect(rows.map((row) => row?.owner)).toEqual(born.map(({ name }) => ownerOf(name)));
  expect(await queues.count('evaluate-vm-poison')).toBe(0);
  await expectPostureToFit();
});

describe('an event that leads nowhere is accepted and writes nothing:', () => {
  const [someVm = ''] = vmIdsOf(estate);
  const group = someVm.split('/providers/')[0];
  const stranger = '00000000-0000-0000-0000-000000000000';

  it.each<[string, () => unknown]>([
    ['about another resource', () => eventOf(`${group}/providers/Microsoft.Compute/disks/data`)],
    ['about an extension of a VM', () => eventOf(`${someVm}/extensions/agent`)],
    ['about a VM of an unknown subscription', () => eventOf(someVm.replace(/[0-9a-f-]{36}/, stranger))],
    ['about a VM that is gone already', () => eventOf(`${someVm}-gone`)],
    ['about a deleted VM that nobody knew', () => eventOf(`${someVm}-gone`, 'Delete')],
    ['of another kind', () => ({ ...eventOf(someVm), eventType: 'Microsoft.Resources.ResourceActionSuccess' })],
    ['without a time', () => ({ ...eventOf(someVm), eventTime: 'yesterday' })],
    ['without data and subject', () => ({ ...eventOf(someVm), data: null, subject: 1 })],
    ['without an id', () => ({ ...eventOf(someVm), id: undefined })],
    ['that is no object', () => 'event'],
    ['that is nothing', () => null],
    ['that is a list', () => [[]]],
    ['with a path for a VM', () => eventOf(someVm.replace(/[^/]+$/, '../../x'))],
  ])('%s', async (_what, make) => {
    const before = await allVms(neighbourhood);

    await deliver(make());
    await quiet();

    expect(await allVms(neighbourhood)).toEqual(before);
    expect(await queues.count('evaluate-vm-poison')).toBe(0);
  });
});

describe('a message that makes no sense goes to the poison queue, and the worker goes on:', () => {
  const strange = ['no JSON', '{}', '[]', 'null', '123', 'x'.repeat(40_000)];

  it.each<[QueueName, readonly string[]]>([
    ['evaluate-vm', [...strange, '{"vmId":"/subscriptions/x","change":"written","changedAt":"now","eventId":"1"}']],
    ['sweep-shard', [...strange, '{"runId":"","shardId":7}']],
    ['protect-vm', [...strange, '{"vmId":"/subscriptions/x"}']],
  ])('%s', async (queue, texts) => {
    for (const text of texts) {
      await queues.send(queue, text);
    }

    await expect.poll(() => queues.count(`${queue}-poison`), patience).toBe(texts.length);
    await expect.poll(() => queues.due(queue), patience).toBe(0);
    expect((await queues.peek(`${queue}-poison`)).toSorted()).toEqual(texts.toSorted());
  });

  it('a shard that no run has planned is dropped', async () => {
    const before = await queues.count('sweep-shard-poison');

    await queues.send('sweep-shard', '{"runId":"20260101T000000Z-abcdef","shardId":"0001"}');

    await expect.poll(() => queues.count('sweep-shard'), patience).toBe(0);
    expect(await queues.count('sweep-shard-poison')).toBe(before);
  });

  it('events and sweeps are still worked on', async () => {
    const { id, body } = machine(2);

    await azure.put(id, body);

    await awaitVerdict(api, id, () => true);
    await quiet();
    expect(await sweep(neighbourhood)).toMatchObject({ state: 'complete' });
    await expectPostureToFit();
  });
});

it('the posture names the newest sweep, however quickly sweeps follow each other', async () => {
  for (const _turn of [1, 2, 3]) {
    const { runId } = await sweep(neighbourhood);

    expect((await postureOf(neighbourhood)).completeness).toMatchObject({ runId, complete: true });
  }
});

it('no line of the log tells who wrote, who asked, a key or a token', async () => {
  const { call, host, key } = neighbourhood;
  const caller = Buffer.from('{"claims":[{"typ":"name","val":"Max Muster"}]}').toString('base64');
  const headers = { 'x-ms-client-principal': caller, 'x-ms-client-principal-name': 'max@example.org' };
  await bodyOf(await fetch(`${host.url}/api/rules?code=${key}`, { headers }));
  expect((await call('evaluations', { method: 'POST', body: '{"vmId":"Max Muster"}', headers })).status).toBe(400);
  const secrets = [
    caller,
    'max@example.org',
    'Max Muster',
    'Platform Engineer',
    'platform.engineer@example.com',
    'Erika Mustermann',
    'erika@example.org',
    key,
    new URL(neighbourhood.webhook).searchParams.get('code') ?? 'no key',
    neighbourhood.azure.identityHeader,
    'eyJ',
  ];

  const log = lines.join('\n');

  expect(log).toContain('A VM changed.');
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
});
