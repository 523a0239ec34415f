import { expect, test } from 'vitest';

import { catalogueEstate, collectionId } from './catalogue-estate.ts';
import { pageOf, refusalOf, runAzure } from './running-azure.ts';
import { subscriptionId, vmId } from './small-estate.ts';

const collections = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/restorePointCollections`;

test('the points of a collection are shown only to who expands them', async () => {
  const { send } = await runAzure({ estate: catalogueEstate() });

  const plain = await send('GET', collectionId);
  const expanded = await send('GET', `${collectionId}?$expand=restorePoints`);
  const list = await send('GET', collections);

  expect(plain.body).toMatchObject({ id: collectionId, properties: { source: { id: vmId('web1') } } });
  expect(plain.body).not.toHaveProperty('properties.restorePoints');
  // Two stand in the collection, one is a resource of its own.
  expect(expanded.body).toMatchObject({
    properties: { restorePoints: [{ name: 'p1' }, { name: 'p2' }, { name: 'p3' }] },
  });
  expect(pageOf(list).value[0]).not.toHaveProperty('properties.restorePoints');
});

test('who may not read points can read the collection, but not expand it', async () => {
  const action = 'Microsoft.Compute/restorePointCollections/restorePoints/read';
  const { send } = await runAzure({ estate: catalogueEstate([{ scope: `/subscriptions/${subscriptionId}`, action }]) });

  const plain = await send('GET', collectionId);
  const expanded = await send('GET', `${collectionId}?$expand=restorePoints`);

  expect(plain.status).toBe(200);
  expect(expanded.status).toBe(403);
  expect(refusalOf(expanded).message).toContain(action);
});

test('a collection without points expands to none, and an unknown one is a 404', async () => {
  const estate = catalogueEstate();
  const resources = estate.resources
    .filter(({ id }) => !id.startsWith(`${collectionId}/`))
    .map((each) => (each.id === collectionId ? { ...each, properties: {} } : each));
  const { send } = await runAzure({ estate: { ...estate, resources } });

  const empty = await send('GET', `${collectionId}?$expand=restorePoints`);
  const gone = await send('GET', `${collectionId}-gone?$expand=restorePoints`);

  expect(empty.body).toMatchObject({ properties: { restorePoints: [] } });
  expect(refusalOf(gone).code).toBe('ResourceNotFound');
});
