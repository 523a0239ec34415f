import { expect, test } from 'vitest';

import { Delivery } from '../../../local/azure/event-grid/delivery.ts';
import { type ResourceEvent, resourceEvent } from '../../../local/azure/event-grid/resource-event.ts';
import { randomStream } from '../../../local/estates/random.ts';
import { runAzure } from './running-azure.ts';
import { estateNow, nicId, otherSubscriptionId, subscriptionId, tenantId, vmId } from './small-estate.ts';
import { startWebhook } from './webhook.ts';

const vm = { location: 'westeurope', properties: {} };

test('a write is told to who subscribed, in an array, with Azure headers', async () => {
  const { azure, send } = await runAzure();
  const webhook = await startWebhook();
  await azure.subscribe({ subscriptionId, endpoint: webhook.url });

  await send('PUT', vmId('newborn'), vm);
  await webhook.waitFor(1);

  expect(webhook.received).toMatchObject([
    {
      headers: {
        'aeg-event-type': 'Notification',
        'aeg-delivery-count': '0',
        'content-type': 'application/json; charset=utf-8',
      },
      events: [
        {
          topic: `/subscriptions/${subscriptionId}`,
          subject: vmId('newborn'),
          eventType: 'Microsoft.Resources.ResourceWriteSuccess',
          eventTime: '2026-11-20T06:00:00.0000000Z',
          data: {
            operationName: 'Microsoft.Compute/virtualMachines/write',
            resourceUri: vmId('newborn'),
            status: 'Succeeded',
            tenantId,
          },
        },
      ],
    },
  ]);
});

test('events that wait together come in one request, in any order', async () => {
  const webhook = await startWebhook();
  const random = randomStream(1, 'delivery');
  const delivery = new Delivery({
    endpoint: webhook.url,
    name: 'n',
    schema: 'eventgrid',
    duplicateEvery: 0,
    retryDelaysMs: [],
    random,
  });
  const names = Array.from({ length: 10 }, (_, at) => `newborn${at}`);

  for (const name of names) delivery.accept(eventOf(name));
  await webhook.waitFor(1);

  const subjects = webhook.received[0]?.events.map(({ subject }) => subject);
  expect(subjects?.toSorted()).toEqual(names.map(vmId));
  expect(subjects).not.toEqual(names.map(vmId));
});

function eventOf(name: string): ResourceEvent {
  const resource = { id: vmId(name), name, type: 'Microsoft.Compute/virtualMachines', properties: {} };
  return resourceEvent({ kind: 'write', resource, url: '', at: estateNow, tenantId }, randomStream(1, name));
}

test('only the operations and the subscription asked for are told', async () => {
  const { azure, send } = await runAzure();
  const [deletes, elsewhere] = [await startWebhook(), await startWebhook()];
  await azure.subscribe({
    subscriptionId,
    endpoint: deletes.url,
    includedOperations: ['microsoft.compute/virtualmachines/DELETE'],
  });
  await azure.subscribe({ subscriptionId: otherSubscriptionId, endpoint: elsewhere.url });

  await send('PATCH', vmId('web1'), { tags: {} });
  await send('DELETE', nicId('web1'));
  await send('DELETE', vmId('web1'));
  await deletes.waitFor(1);

  expect(deletes.received).toMatchObject([
    { events: [{ subject: vmId('web1'), eventType: 'Microsoft.Resources.ResourceDeleteSuccess' }] },
  ]);
  expect(elsewhere.received).toEqual([]);
});

test('what is refused comes again, with the same id and the attempts counted', async () => {
  const { azure, send } = await runAzure({ events: { retryDelaysMs: [1, 1] } });
  const webhook = await startWebhook({ statuses: [500, 404] });
  await azure.subscribe({ subscriptionId, endpoint: webhook.url });

  await send('PATCH', vmId('web1'), { tags: {} });
  await webhook.waitFor(3);

  expect(webhook.received.map(({ headers }) => headers['aeg-delivery-count'])).toEqual(['0', '1', '2']);
  expect(new Set(webhook.received.map(({ events }) => events[0]?.['id'])).size).toBe(1);
});

test.each([
  ['after the last attempt', [500, 500]],
  ['at once when the webhook calls it a bad request', [400]],
])('Event Grid gives up %s', async (_, statuses) => {
  const { azure, send } = await runAzure({ events: { retryDelaysMs: [1] } });
  const webhook = await startWebhook({ statuses });
  await azure.subscribe({ subscriptionId, endpoint: webhook.url });

  await send('PATCH', vmId('web1'), { tags: {} });
  await webhook.waitFor(statuses.length);
  await send('PATCH', vmId('web2'), { tags: {} });
  await webhook.waitFor(statuses.length + 1);

  expect(webhook.received.at(-1)?.events).toMatchObject([{ subject: vmId('web2') }]);
});

test('every second event is delivered twice when asked for', async () => {
  const { azure, send } = await runAzure({ events: { duplicateEvery: 2 } });
  const webhook = await startWebhook();
  await azure.subscribe({ subscriptionId, endpoint: webhook.url });

  await send('PATCH', vmId('web1'), { tags: {} });
  await send('PATCH', vmId('web2'), { tags: {} });
  const subjects = (): unknown[] => webhook.received.flatMap(({ events }) => events.map(({ subject }) => subject));
  while (subjects().length < 3) await webhook.waitFor(webhook.received.length + 1);

  expect(subjects().toSorted()).toEqual([vmId('web1'), vmId('web2'), vmId('web2')]);
});

test('CloudEvents come in their own envelope and content type', async () => {
  const { azure, send } = await runAzure({ events: { schema: 'cloudevents' } });
  const webhook = await startWebhook();
  await azure.subscribe({ subscriptionId, endpoint: webhook.url });

  await send('DELETE', vmId('web1'));
  await webhook.waitFor(1);

  expect(webhook.received).toMatchObject([
    {
      headers: { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' },
      events: [
        {
          specversion: '1.0',
          source: `/subscriptions/${subscriptionId}`,
          type: 'Microsoft.Resources.ResourceDeleteSuccess',
        },
      ],
    },
  ]);
});

test.each([
  ['eventgrid', 'wrong code'],
  ['eventgrid', 'accepted'],
  ['cloudevents', 'no origin'],
] as const)(
  'subscribing with schema %s fails when the webhook answers the handshake with: %s',
  async (schema, handshake) => {
    const { azure } = await runAzure({ events: { schema } });
    const webhook = await startWebhook({ handshake });

    const subscribed = azure.subscribe({ subscriptionId, endpoint: webhook.url });

    await expect(subscribed).rejects.toThrow('Webhook validation failed');
  },
);

test('one event in so many is lost, which ones the seed decides, and is named', async () => {
  async function lostOf(seed: number): Promise<readonly string[]> {
    const { azure, send } = await runAzure({ seed, events: { loseOneIn: 4 } });
    const webhook = await startWebhook();
    await azure.subscribe({ subscriptionId, endpoint: webhook.url });
    const written = Array.from({ length: 20 }, (_, at) => vmId(`newborn${at}`));
    for (const id of written) await send('PUT', id, vm);
    const subjects = (): unknown[] => webhook.received.flatMap(({ events }) => events.map(({ subject }) => subject));
    while (subjects().length < written.length - azure.lostEvents.length) {
      await webhook.waitFor(webhook.received.length + 1);
    }

    expect([...subjects(), ...azure.lostEvents].toSorted()).toEqual(written.toSorted());
    return azure.lostEvents;
  }

  const lost = await lostOf(3);

  expect(lost.length).toBeGreaterThan(0);
  expect(await lostOf(3)).toEqual(lost);
  expect(await lostOf(4)).not.toEqual(lost);
});

test('events that are scattered overtake each other beyond one request', async () => {
  const webhook = await startWebhook();
  const delivery = new Delivery({
    endpoint: webhook.url,
    name: 'n',
    schema: 'eventgrid',
    duplicateEvery: 0,
    scatter: { upToMs: 400, random: randomStream(1, 'scatter') },
    retryDelaysMs: [],
    random: randomStream(1, 'delivery'),
  });
  const names = Array.from({ length: 20 }, (_, at) => `newborn${at}`);

  for (const name of names) delivery.accept(eventOf(name));
  const subjects = (): unknown[] => webhook.received.flatMap(({ events }) => events.map(({ subject }) => subject));
  while (subjects().length < names.length) await webhook.waitFor(webhook.received.length + 1);

  expect(webhook.received.length).toBeGreaterThan(1);
  expect(subjects()).not.toEqual(names.map(vmId));
  expect(subjects().toSorted()).toEqual(names.map(vmId).toSorted());
});
