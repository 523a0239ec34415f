import { expect, test } from 'vitest';

import { freshReads, sharedReads } from '../../lib/use-cases/shared-reads.ts';
import { serviceInAzure } from '../contract/service-in-azure.ts';
import { otherSubscription, subscription } from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';

const certificate = await trustedCertificate();

const own = { subscriptionIds: [subscription] };
const other = { subscriptionIds: [otherSubscription] };

test('what several ask for under one occasion is read once, also when they ask at the same time', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);

  const answers = await Promise.all([1, 2, 3].map(() => sharedReads(inventory, 'a sweep').vaults()));
  answers.push(await sharedReads(inventory, 'a sweep').vaults());

  expect(new Set(answers).size).toBe(1);
  expect(answers[0]?.kind).toBe('known');
  expect(azure.requests).toHaveLength(1);
});

test('other questions have other answers', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);
  const shared = sharedReads(inventory, 'a sweep');

  const [ofOwn, ofOther] = [await shared.items(own), await shared.items(other)];
  await shared.items({ subscriptionIds: [subscription] });
  await shared.vaults();

  expect(ofOwn.kind === 'known' && ofOwn.value.items).toHaveLength(1);
  expect(ofOther.kind === 'known' && ofOther.value.items).toEqual([]);
  expect(azure.requests).toHaveLength(3);
});

test('another occasion reads anew', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);

  const first = await sharedReads(inventory, 'one').vaults();
  const second = await sharedReads(inventory, 'another').vaults();

  expect(second).not.toBe(first);
  expect(azure.requests).toHaveLength(2);
});

test('four occasions are kept: two sweeps, a run about changes and events do not drive each other out', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);
  const read = async (occasion: string) => {
    await sharedReads(inventory, occasion).vaults();
    return azure.requests.length;
  };
  for (const occasion of ['one', 'two', 'three', 'four']) {
    await read(occasion);
  }
  const afterFour = await read('one');

  await read('five');
  const afterFive = await read('one');
  const oldest = await read('two');

  expect([afterFour, afterFive, oldest]).toEqual([4, 5, 6]);
});

test('what could not be read is asked for again', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);
  azure.faults({ path: /ResourceGraph/, status: 403, times: 1 });
  const shared = sharedReads(inventory, 'a sweep');

  const answers = [await shared.vaults(), await shared.vaults()];

  expect(answers.map(({ kind }) => kind)).toEqual(['unknown', 'known']);
});

test('a read that broke off is asked for again', async () => {
  const { inventory } = await serviceInAzure(certificate);
  let asked = 0;
  const breaking = {
    ...inventory,
    vaults: () => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('broken off')) : inventory.vaults();
    },
  };
  const shared = sharedReads(breaking, 'a sweep');

  await expect(shared.vaults()).rejects.toThrow('broken off');
  expect((await shared.vaults()).kind).toBe('known');
});

test('each inventory has occasions of its own', async () => {
  const [one, another] = [await serviceInAzure(certificate), await serviceInAzure(certificate)];

  await sharedReads(one.inventory, 'a sweep').vaults();
  await sharedReads(another.inventory, 'a sweep').vaults();

  expect([one.azure.requests.length, another.azure.requests.length]).toEqual([1, 1]);
});

test('counts and VMs are never shared: they are what changes', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);
  const shared = sharedReads(inventory, 'a sweep');

  await shared.machineCounts();
  await shared.machineCounts();

  expect(azure.requests).toHaveLength(2);
});

test('fresh reads ask for nothing twice, and share nothing with anybody', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);
  const fresh = freshReads(inventory);

  await fresh.vaults();
  await fresh.vaults();
  await freshReads(inventory).vaults();

  expect(azure.requests).toHaveLength(2);
});
