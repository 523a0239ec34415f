import { describe, expect, test } from 'vitest';

import { readSubscriptionFacts } from '../../lib/use-cases/subscription-facts.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { type ServiceInAzure, serviceInAzure } from '../contract/service-in-azure.ts';
import { machineOf, web1 } from '../contract/shop.ts';
import { otherSubscription, subscription, testEstate, vaultId, vaultWithPolicy, vm } from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';

const certificate = await trustedCertificate();

const cells = [subscription, otherSubscription].map((subscriptionId) => ({ subscriptionId, region: 'westeurope' }));
const inShop = machineOf(web1);
const inOther = { ...inShop, subscriptionId: otherSubscription };
const provider = /\/providers\/Microsoft\.RecoveryServices$/i;
const both = [...vaultWithPolicy(), ...vaultWithPolicy(vaultId('far', otherSubscription))];

const serviceOn = (resources: readonly EstateResource[]) =>
  serviceInAzure(certificate, { estate: testEstate({ resources: [vm('web1'), ...resources] }) });

/** The facts of two subscriptions, and how often the provider was asked for in which. */
async function factsOn(service: ServiceInAzure) {
  const facts = await readSubscriptionFacts(service.arm, cells, await service.inventory.vaults());
  const asked = service.azure.requests.flatMap(({ path }) => (provider.test(path) ? [path.split('/')[2]] : []));
  return { facts, asked };
}

describe('Azure Backup in subscriptions', () => {
  test('that all have a vault is asked for once: where a vault stands it is registered', async () => {
    const { facts, asked } = await factsOn(await serviceOn(both));

    expect(asked).toHaveLength(1);
    for (const machine of [inShop, inOther]) {
      expect(facts.of(machine).provider).toMatchObject({
        kind: 'known',
        value: { registrationState: 'Registered', vaultRegions: expect.arrayContaining(['westeurope']) },
      });
    }
    expect(facts.gaps).toEqual([]);
  });

  test('without a vault is asked for in each of them', async () => {
    const { asked } = await factsOn(await serviceOn([]));

    expect(asked.toSorted()).toEqual([subscription, otherSubscription]);
  });

  test('is asked for where there is no vault, and where one is', async () => {
    const { asked, facts } = await factsOn(await serviceOn(vaultWithPolicy()));

    expect(asked.toSorted()).toEqual([subscription, otherSubscription]);
    expect(facts.of(inOther).provider.kind).toBe('known');
  });

  test('that cannot be told in the one is asked for in each', async () => {
    const service = await serviceOn(both);
    const ofShop = new RegExp(`^/subscriptions/${subscription}/providers/Microsoft\\.RecoveryServices$`, 'i');
    service.azure.faults({ path: ofShop, status: 403 });

    const { asked, facts } = await factsOn(service);

    expect(new Set(asked)).toEqual(new Set([subscription, otherSubscription]));
    expect(facts.of(inShop).provider.kind).toBe('unknown');
    expect(facts.of(inOther).provider.kind).toBe('known');
  });

  test('is asked for in each where the vaults could not be read', async () => {
    const service = await serviceOn(both);
    service.azure.faults({ path: /ResourceGraph/, status: 403 });

    const { asked } = await factsOn(service);

    expect(asked.toSorted()).toEqual([subscription, otherSubscription]);
  });
});

test('what cannot be read in one subscription is unknown there, and a gap that names it', async () => {
  const service = await serviceOn(both);
  service.azure.faults({ path: new RegExp(`${otherSubscription}.*/locks$`, 'i'), status: 403 });

  const { facts } = await factsOn(service);

  expect(facts.of(inShop).locks.kind).toBe('known');
  expect(facts.of(inOther).locks).toMatchObject({ kind: 'unknown', because: { cause: 'no-permission' } });
  expect(facts.gaps).toMatchObject([{ what: `locks of subscription ${otherSubscription}`, cause: 'no-permission' }]);
});

test('a subscription that was not asked about is unknown, never fine', async () => {
  const { facts } = await factsOn(await serviceOn(both));
  const stranger = { ...inShop, subscriptionId: '0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0009' };

  const { locks, provider: backup, permissions, vmSizes } = facts.of(stranger);

  expect([locks, backup, permissions, vmSizes].map(({ kind }) => kind)).toEqual(
    Array.from({ length: 4 }, () => 'unknown'),
  );
});

test('VM sizes are asked for once for each region of a subscription', async () => {
  const service = await serviceOn(both);
  const regions = ['westeurope', 'northeurope'].map((region) => ({ subscriptionId: subscription, region }));

  const facts = await readSubscriptionFacts(service.arm, regions, await service.inventory.vaults());

  expect(service.azure.requests.filter(({ path }) => /\/skus$/i.test(path))).toHaveLength(2);
  expect(facts.of(inShop).vmSizes.kind).toBe('known');
});
