import { describe, expect, test } from 'vitest';

import { readProvenVaults } from '../../lib/use-cases/proven-vaults.ts';
import { freshReads } from '../../lib/use-cases/shared-reads.ts';
import type { DeniedRead, EstateResource } from '../../local/estates/estate.ts';
import { type ServiceInAzure, serviceInAzure } from '../contract/service-in-azure.ts';
import { machineOf, web1 } from '../contract/shop.ts';
import {
  item,
  otherSubscription,
  policyId,
  subscription,
  testEstate,
  vaultId,
  vaultWithPolicy,
  vm,
} from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';

const certificate = await trustedCertificate();
const scope = `/subscriptions/${subscription}`;
const vaultRead = 'Microsoft.RecoveryServices/vaults/read';
const itemsRead = 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read';

/** A vault whose policy counts so many VMs; `undefined`: it does not tell. */
function vaultCounting(protectedItemsCount: number | undefined, id = vaultId()): readonly EstateResource[] {
  return vaultWithPolicy(id).map((each) =>
    each.id === policyId(id) && protectedItemsCount !== undefined
      ? { ...each, properties: { ...each.properties, protectedItemsCount } }
      : each,
  );
}

/** One more policy of the vault, without a VM unless told otherwise. */
const otherPolicy = (protectedItemsCount = 0): EstateResource => {
  const [, policy] = vaultCounting(protectedItemsCount);
  if (!policy) throw new Error('The vault has no policy.');
  return { ...policy, id: `${vaultId()}/backupPolicies/Other`, name: 'Other' };
};

async function serviceOn(resources: readonly EstateResource[], denied: readonly DeniedRead[] = []) {
  return serviceInAzure(certificate, { estate: testEstate({ resources: [...resources], denied: [...denied] }) });
}

/** Resource Graph shows nothing, without a word. */
const emptyAnswer = {
  ...{ path: /ResourceGraph/, status: 200 },
  body: { totalRecords: 0, count: 0, facets: [], resultTruncated: 'false', data: [] },
};

interface Proving {
  readonly mayBeNew?: boolean;
  readonly subscriptionIds?: readonly string[];
  readonly anywhere?: boolean;
}

/** The vaults as one sweep proves them, and what was asked of ARM for that. */
async function proven(service: ServiceInAzure, proving: Proving = {}) {
  const { mayBeNew = false, subscriptionIds = [subscription], anywhere = false } = proving;
  const settings = { ...service.judgement, allowCrossSubscriptionVaults: anywhere };
  const vaults = await readProvenVaults(freshReads(service.inventory), service.arm, {
    subscriptionIds,
    settings,
    mayBeNew,
  });
  const asked = service.azure.requests.map(({ path }) => path);
  return {
    vaults,
    counts: asked.filter((path) => /backupUsageSummaries/i.test(path)).length,
    lists: asked.filter((path) => /\/vaults$/i.test(path)).length,
    blindness: vaults.blindnessOf(machineOf(web1)),
  };
}

describe('the items of a vault', () => {
  const twoVms = [vm('web1'), vm('web2'), item('web1'), item('web2')];

  test('are vouched for by policies that count as many as are seen: the vault is not asked', async () => {
    const { counts, blindness, vaults } = await proven(
      await serviceOn([...twoVms, ...vaultCounting(2), otherPolicy()]),
    );

    expect([counts, blindness, vaults.gaps]).toEqual([0, undefined, []]);
    expect(vaults.loads).toMatchObject({ kind: 'known', value: { vaults: expect.any(Map) } });
  });

  test('soft-deleted ones are not counted by policies, and not missed', async () => {
    const deleted = item('web2', { isScheduledForDeferredDelete: true });

    const { counts, blindness } = await proven(
      await serviceOn([vm('web1'), vm('web2'), item('web1'), deleted, ...vaultCounting(1)]),
    );

    expect([counts, blindness]).toEqual([0, undefined]);
  });

  test.each([
    ['a policy counts more', vaultCounting(3)],
    ['a policy counts fewer', vaultCounting(1)],
    ['a policy does not tell', vaultCounting(undefined)],
    ['another policy counts one that nobody sees', [...vaultCounting(2), otherPolicy(1)]],
    ['no policy is seen', vaultCounting(2).slice(0, 1)],
  ])('are counted by the vault itself where %s; honest, it blinds nobody', async (_, vault) => {
    const { counts, blindness } = await proven(await serviceOn([...twoVms, ...vault]));

    expect([counts, blindness]).toEqual([1, undefined]);
  });

  test('that are hidden blind the region of the vault', async () => {
    const denied = [{ scope: vaultId(), action: itemsRead }];

    const { counts, blindness, vaults } = await proven(await serviceOn([...twoVms, ...vaultCounting(2)], denied));

    expect(counts).toBe(1);
    expect(blindness).toMatchObject({ cause: 'no-permission' });
    expect(vaults.gaps).toContainEqual(expect.objectContaining({ what: 'protected items in westeurope' }));
    expect(vaults.blindnessOf({ ...machineOf(web1), region: 'northeurope' })).toBeUndefined();
  });

  test('that Resource Graph does not show are missed by policy and vault, and that is said in numbers', async () => {
    const service = await serviceOn([...twoVms, ...vaultCounting(2)]);
    service.azure.faults({ ...emptyAnswer, asks: /countif/ });

    const { counts, blindness, vaults } = await proven(service);

    const detail = 'Vault rsv-shop counts 2 protected items, of which 0 could be seen.';
    expect([counts, blindness]).toEqual([1, { cause: 'partial-inventory', detail }]);
    expect(vaults.gaps).toEqual([{ what: 'protected items in westeurope', cause: 'partial-inventory', detail }]);
    expect(vaults.loads).toMatchObject({ value: { incomplete: new Map([[vaultId().toLowerCase(), { detail }]]) } });
  });

  test('that could not be counted in Resource Graph blind every vault, and no vault is asked', async () => {
    const service = await serviceOn([...twoVms, ...vaultCounting(2)]);
    service.azure.faults({ path: /ResourceGraph/, asks: /countif/, status: 403 });

    const { counts, blindness, vaults } = await proven(service);

    expect([counts, blindness]).toMatchObject([0, { cause: 'no-permission' }]);
    expect(vaults.loads.kind).toBe('unknown');
  });

  test('of a vault that hides them and its policies are found missing as well', async () => {
    const denied = [itemsRead, 'Microsoft.RecoveryServices/vaults/backupPolicies/read'].map((action) => ({
      scope: vaultId(),
      action,
    }));

    const { counts, blindness } = await proven(await serviceOn([...twoVms, ...vaultCounting(2)], denied));

    expect(counts).toBe(1);
    expect(blindness).toBeDefined();
  });

  test('of many honest vaults cost no count, and those of the one that is not cost one', async () => {
    const vaults = ['a', 'b', 'c', 'd'].map((name) => vaultId(name));
    const items = vaults.map((vault, n) => item(`web${n}`, {}, vault));
    const policies = vaults.flatMap((vault, n) => vaultCounting(n === 2 ? 5 : 1, vault));

    const { counts } = await proven(await serviceOn([...items, ...policies]));

    expect(counts).toBe(1);
  });
});

describe('the vaults of a subscription', () => {
  const estate = [vm('web1'), ...vaultCounting(0)];

  test('are all shown where the permissions allow it: a sweep lists none', async () => {
    const { lists, blindness } = await proven(await serviceOn(estate));

    expect([lists, blindness]).toEqual([0, undefined]);
  });

  test('are listed for an event or a request: one of them may be new', async () => {
    const { lists } = await proven(await serviceOn(estate), { mayBeNew: true });

    expect(lists).toBe(1);
  });

  test('are listed where the permissions do not allow to see them all, which blinds its VMs', async () => {
    const { lists, blindness, vaults } = await proven(await serviceOn(estate, [{ scope, action: vaultRead }]));

    expect(lists).toBe(1);
    expect(blindness).toMatchObject({ cause: 'no-permission' });
    expect(vaults.gaps).toMatchObject([{ what: `vaults of subscription ${subscription}`, cause: 'no-permission' }]);
    expect(vaults.blindnessOf({ ...machineOf(web1), subscriptionId: otherSubscription })).toBeUndefined();
  });

  test('are listed where the permissions cannot be read', async () => {
    const service = await serviceOn(estate);
    service.azure.faults({ path: /\/permissions$/i, status: 403 });

    const { lists, blindness } = await proven(service);

    expect([lists, blindness]).toEqual([1, undefined]);
  });

  test('that Resource Graph hides one by one are those that ARM lists beside', async () => {
    const service = await serviceOn(estate);
    service.azure.faults({ ...emptyAnswer, asks: /securitySettings/ });

    const { vaults } = await proven(service, { mayBeNew: true });

    expect(vaults.inventoryFor(machineOf(web1), [])).toMatchObject({
      kind: 'known',
      value: { vaults: [{ name: 'rsv-shop' }] },
    });
  });

  test('of others matter as well where VMs may be protected across subscriptions', async () => {
    const denied = [{ scope: `/subscriptions/${otherSubscription}`, action: vaultRead }];

    const apart = await proven(await serviceOn(estate, denied));
    const anywhere = await proven(await serviceOn(estate, denied), { anywhere: true });

    expect([apart.lists, apart.blindness]).toEqual([0, undefined]);
    expect([anywhere.lists, anywhere.blindness]).toMatchObject([1, { cause: 'no-permission' }]);
  });
});

test('shards of one process prove the vaults that Resource Graph shows once', async () => {
  const service = await serviceOn([vm('web1'), item('web1'), ...vaultCounting(undefined)]);
  const inventory = freshReads(service.inventory);
  const prove = (subscriptionIds: readonly string[]) =>
    readProvenVaults(inventory, service.arm, { subscriptionIds, settings: service.judgement, mayBeNew: false });

  await Promise.all([prove([subscription]), prove([otherSubscription]), prove([subscription])]);

  expect(service.azure.requests.filter(({ path }) => /backupUsageSummaries/i.test(path))).toHaveLength(1);
});
