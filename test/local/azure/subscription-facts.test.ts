import { expect, test } from 'vitest';
import * as z from 'zod';

import { catalogueEstate, resource } from './catalogue-estate.ts';
import { type Answer, refusalOf, runAzure } from './running-azure.ts';
import { estateNow, otherSubscriptionId, smallEstate, subscriptionId, vaultId, vmId } from './small-estate.ts';

const subscription = `/subscriptions/${subscriptionId}`;
const providerPath = `${subscription}/providers/Microsoft.RecoveryServices?api-version=2021-04-01`;

const Provider = z.looseObject({
  registrationState: z.string(),
  resourceTypes: z.array(z.looseObject({ resourceType: z.string(), locations: z.array(z.string()) })),
});

/** Where a provider offers vaults, the way a reader compares it with the region of a VM. */
function vaultRegions({ body }: Answer): readonly string[] {
  const { resourceTypes } = Provider.parse(body);
  const vaults = resourceTypes.find(({ resourceType }) => resourceType === 'vaults');
  return (vaults?.locations ?? []).map((name) => name.toLowerCase().replaceAll(' ', ''));
}

test('Azure Backup is registered, and offered in all public regions by their display names', async () => {
  const { send } = await runAzure();

  const answer = await send('GET', providerPath);

  expect(answer.body).toMatchObject({
    id: `${subscription}/providers/Microsoft.RecoveryServices`,
    namespace: 'Microsoft.RecoveryServices',
    registrationState: 'Registered',
  });
  expect(Provider.parse(answer.body).resourceTypes[0]?.locations).toContain('West Europe');
  expect(vaultRegions(answer)).toEqual(expect.arrayContaining(['westeurope', 'australiacentral2', 'uaenorth']));
  expect(vaultRegions(answer)).not.toContain('chinaeast2');
});

test('a region of a sovereign cloud is offered where the subscription uses it', async () => {
  const estate = smallEstate();
  const resources = estate.resources.map((each) => ({ ...each, location: 'chinaeast2' }));
  const { send } = await runAzure({ estate: { ...estate, resources } });

  expect(vaultRegions(await send('GET', providerPath))).toContain('chinaeast2');
});

test('an estate can say that the provider is not registered, for one subscription', async () => {
  const estate = smallEstate();
  const said = resource(`${subscription}/providers/Microsoft.Resources/providers/microsoft.recoveryservices`, {
    registrationState: 'NotRegistered',
  });
  const { send } = await runAzure({ estate: { ...estate, resources: [...estate.resources, said] } });

  const here = await send('GET', providerPath);
  const there = await send('GET', `/subscriptions/${otherSubscriptionId}/providers/Microsoft.RecoveryServices`);

  expect(here.body).toMatchObject({ registrationState: 'NotRegistered' });
  expect(there.body).toMatchObject({ registrationState: 'Registered' });
});

const Skus = z.looseObject({
  value: z.array(
    z.looseObject({
      resourceType: z.string(),
      name: z.string(),
      locations: z.array(z.string()),
      capabilities: z.array(z.looseObject({ name: z.string(), value: z.string() })).optional(),
    }),
  ),
});

async function sizesAt(filter: string, vmSizes: readonly string[] = []): Promise<z.infer<typeof Skus>['value']> {
  const estate = smallEstate();
  const vms = vmSizes.map((vmSize, at) => resource(vmId(`sized${at}`), { hardwareProfile: { vmSize } }));
  const azure = await runAzure({ estate: { ...estate, resources: [...estate.resources, ...vms] } });
  const path = `${subscription}/providers/Microsoft.Compute/skus${filter}`;
  return Skus.parse((await azure.send('GET', path)).body).value;
}

test('sizes are listed for a region with what they have, beside things that are no sizes', async () => {
  const rows = await sizesAt("?$filter=location eq 'West Europe'", [
    'Standard_E20ds_v5',
    'standard_d2s_v5',
    'Standard_??',
  ]);
  const vms = rows.filter(({ resourceType }) => resourceType === 'virtualMachines');
  const names = vms.map(({ name }) => name.toLowerCase());

  expect(rows.every(({ locations }) => locations.join() === 'westeurope')).toBe(true);
  expect(rows.length).toBeGreaterThan(vms.length);
  expect(names.filter((name) => name === 'standard_d2s_v5')).toHaveLength(1);
  expect(names).not.toContain('standard_??');
  expect(vms.find(({ name }) => name === 'Standard_E20ds_v5')?.capabilities).toEqual([
    { name: 'vCPUs', value: '20' },
    { name: 'MemoryGB', value: '160' },
    { name: 'PremiumIO', value: 'True' },
  ]);
});

test('without a filter the sizes of every region in use are listed', async () => {
  const regions = new Set((await sizesAt('')).flatMap(({ locations }) => locations));

  expect([...regions]).toEqual(['westeurope']);
});

test('another filter of sizes is refused rather than ignored', async () => {
  const { send } = await runAzure();

  expect((await send('GET', `${subscription}/providers/Microsoft.Compute/skus?$filter=tier eq 'Basic'`)).status).toBe(
    400,
  );
});

const group = `${subscription}/resourceGroups/RG-Shop`;

test.each([
  ['the subscription', subscription, ['Microsoft.Compute/disks/*']],
  [
    'a resource group',
    group,
    ['Microsoft.Compute/disks/*', 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read'],
  ],
  ['a VM', vmId('web1'), ['Microsoft.Compute/disks/*', 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read']],
  ['another subscription', `/subscriptions/${otherSubscriptionId}`, []],
])('everything is granted at %s but what is denied there or above', async (_, scope, notActions) => {
  const denied = [
    { scope: subscription, action: 'Microsoft.Compute/disks/*' },
    { scope: group.toLowerCase(), action: 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read' },
    { scope: vmId('web2'), action: 'Microsoft.Compute/virtualMachines/read' },
  ];
  const { send } = await runAzure({ estate: smallEstate(denied) });

  const answer = await send('GET', `${scope}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`);

  expect(answer.body).toEqual({ value: [{ actions: ['*'], notActions, dataActions: [], notDataActions: [] }] });
});

const names = `${subscription}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/locations/westeurope/checkNameAvailability`;

test.each([
  ['rsv-new', { nameAvailable: true }],
  ['RSV-Shop', { nameAvailable: false, reason: 'AlreadyExists' }],
  ['9rsv', { nameAvailable: false, reason: 'Invalid' }],
  [`r${'x'.repeat(50)}`, { nameAvailable: false, reason: 'Invalid' }],
  [`r${'x'.repeat(49)}`, { nameAvailable: true }],
])('the name %s of a new vault is judged', async (name, expected) => {
  const { send } = await runAzure();

  const { status, body } = await send('POST', names, { type: 'Microsoft.RecoveryServices/Vaults', name });

  expect(status).toBe(200);
  expect(body).toMatchObject(expected);
});

test('a name taken in another subscription is free in this one', async () => {
  const { send } = await runAzure({ estate: catalogueEstate() });
  const elsewhere = names.replace(subscriptionId, otherSubscriptionId);

  const unknownGroup = await send('POST', elsewhere, { type: 'Microsoft.RecoveryServices/vaults', name: 'rsv-shop' });
  const otherType = await send('POST', names, { type: 'Microsoft.KeyVault/vaults', name: 'rsv-shop' });

  expect(refusalOf(unknownGroup).code).toBe('ResourceGroupNotFound');
  expect(otherType.status).toBe(400);
});

test('a VM is checked before it is protected, by the real client', async () => {
  const { backup, send } = await runAzure();
  const check = (name: string) =>
    backup.protectionIntentOperations.validate('westeurope', { resourceType: 'VM', resourceId: vmId(name), vaultId });

  const gone = send(
    'POST',
    `${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/backupPreValidateProtection`,
    { resourceType: 'VM', resourceId: vmId('gone') },
  );

  expect(await check('web1')).toMatchObject({ status: 'Failed', errorCode: 'VirtualMachineAlreadyProtected' });
  expect(await check('web3')).toMatchObject({
    status: 'Succeeded',
    protectedItemName: 'vm;iaasvmcontainerv2;rg-shop;web3',
  });
  expect((await gone).status).toBe(404);
});

test('a classic VM has another kind of container', async () => {
  const { send } = await runAzure({ estate: catalogueEstate() });
  const path = `${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/backupStatus`;
  const resourceId = `${group}/providers/Microsoft.ClassicCompute/virtualMachines/old`;

  const { body } = await send('POST', path, { resourceType: 'VM', resourceId });

  expect(body).toMatchObject({ containerName: 'iaasvmcontainer;iaasvmcontainer;rg-shop;old' });
});

const posts = {
  type: 'Microsoft.RecoveryServices/vaults',
  name: 'rsv-new',
  resourceType: 'VM',
  resourceId: vmId('web3'),
};

test.each([
  ['GET', providerPath, 'Microsoft.Resources/subscriptions/providers/read'],
  ['GET', `${subscription}/providers/Microsoft.Compute/skus`, 'Microsoft.Compute/skus/read'],
  ['GET', `${group}/providers/Microsoft.Authorization/permissions`, 'Microsoft.Authorization/permissions/read'],
  ['POST', names, 'Microsoft.RecoveryServices/locations/checkNameAvailability/action'],
  [
    'POST',
    `${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/backupPreValidateProtection`,
    'Microsoft.RecoveryServices/locations/backupPreValidateProtection/action',
  ],
  [
    'GET',
    `${vaultId}/backupstorageconfig/vaultstorageconfig`,
    'Microsoft.RecoveryServices/vaults/backupstorageconfig/read',
  ],
  ['GET', `${vaultId}/backupconfig/vaultconfig`, 'Microsoft.RecoveryServices/vaults/backupconfig/read'],
] as const)('%s %s is refused by its action', async (method, path, action) => {
  const allowed = await runAzure();
  const denied = await runAzure({ estate: smallEstate([{ scope: subscription, action }]) });
  const body = method === 'POST' ? posts : undefined;

  const refused = await denied.send(method, path, body);

  expect((await allowed.send(method, path, body)).status).toBe(200);
  expect(refused.status).toBe(403);
  expect(refusalOf(refused).message).toContain(`perform action '${action}'`);
});

test('the new reads are throttled and faulted like all others', async () => {
  const { azure, send } = await runAzure({ now: () => estateNow });
  azure.faults({ path: /\/providers\/Microsoft\.RecoveryServices$/, status: 503, times: 1 });

  const broken = await send('GET', providerPath);
  const whole = await send('GET', providerPath);

  expect([broken.status, whole.status]).toEqual([503, 200]);
  expect(whole.headers.get('x-ms-ratelimit-remaining-subscription-reads')).toBe('249');
});
