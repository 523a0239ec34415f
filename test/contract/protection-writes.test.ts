import { describe, expect, test } from 'vitest';

import { connect } from '../../lib/azure/connection.ts';
import { createProtectionWrites } from '../../lib/azure/protection-writes.ts';
import { templatePolicy } from '../../lib/domain/backup-policy.ts';
import { parseVmId } from '../../lib/domain/ids.ts';
import type { ProtectRequest } from '../../lib/use-cases/protector-ports.ts';
import type { SimulatedAzureOptions } from '../../local/azure/simulated-azure.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { serviceInAzure } from './service-in-azure.ts';
import {
  disk,
  diskId,
  estateNow,
  item,
  itemId,
  policyId,
  subscription,
  testEstate,
  vaultId,
  vaultWithPolicy,
  vm,
  vmId,
} from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();
const apiVersion = '2025-08-01';

/** The adapter on an estate with an unprotected VM and a vault; `clock` is that of its operations, in milliseconds. */
async function writesOn(
  resources: readonly EstateResource[] = [vm('web1'), ...vaultWithPolicy()],
  simulated: Partial<SimulatedAzureOptions> = {},
  settings: Readonly<Record<string, unknown>> = {},
) {
  const time = { ms: Date.parse(estateNow) };
  const now = () => new Date(time.ms);
  const estate = testEstate({ resources: [...resources], settings });
  const { azure, config, inventory } = await serviceInAzure(certificate, {
    estate,
    now,
    lagClock: 'estate',
    backupOperationMs: 60_000,
    backupRetryAfterSeconds: 60,
    ...simulated,
  });
  const writes = createProtectionWrites(connect(config), apiVersion, now);
  const sent = () => azure.requests.filter(({ method }) => method !== 'GET');
  return { azure, writes, sent, inventory, pass: (seconds: number) => (time.ms += seconds * 1000) };
}

function vmOf(name: string) {
  const address = parseVmId(vmId(name));
  if (!address) throw new Error(name);
  return address;
}

const request = (change: Partial<ProtectRequest> = {}): ProtectRequest => ({
  vm: vmOf('web1'),
  vaultId: vaultId(),
  policyId: policyId(),
  clientRequestId: '11111111-2222-3333-4444-555555555555',
  ...change,
});

describe('on the wire', () => {
  test('protection is asked for by one PUT: version of the setting, documented names and body, our request id', async () => {
    const { writes, sent } = await writesOn();

    await writes.protect(request());

    expect(sent()).toEqual([
      {
        at: expect.any(String),
        method: 'PUT',
        path: `${vaultId()}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;RG-Shop;web1/protectedItems/vm;iaasvmcontainerv2;RG-Shop;web1`,
        query: { 'api-version': apiVersion },
        status: 202,
        clientRequestId: '11111111-2222-3333-4444-555555555555',
        body: {
          properties: {
            protectedItemType: 'Microsoft.Compute/virtualMachines',
            sourceResourceId: vmId('web1'),
            policyId: policyId(),
          },
        },
      },
    ]);
  });

  test('what is left out of a backup stays left out', async () => {
    const { writes, sent } = await writesOn();

    await writes.protect(request({ diskExclusion: { luns: [0, 3], isInclusionList: false } }));

    expect(sent()[0]?.body).toMatchObject({
      properties: {
        extendedProperties: { diskExclusionProperties: { diskLunList: [0, 3], isInclusionList: false } },
      },
    });
  });

  test('a policy is what its template says', async () => {
    const { writes, sent, inventory } = await writesOn();
    const id = `${vaultId()}/backupPolicies/Backstop`;

    expect(await writes.createPolicy(id)).toEqual({ kind: 'done' });

    expect(sent()).toMatchObject([
      { method: 'PUT', path: id, query: { 'api-version': apiVersion }, body: { properties: { policyType: 'V2' } } },
    ]);
    const policies = await inventory.policies();
    const created = policies.kind === 'known' ? policies.value.find(({ name }) => name === 'Backstop') : undefined;
    const { id: _, name: __, ...promised } = templatePolicy;
    expect(created).toMatchObject(promised);
  });

  test('a vault is geo-redundant, with soft delete, without public access, and never takes the place of another', async () => {
    const { writes, sent, inventory } = await writesOn();
    const id = vaultId('rsv-new');

    expect(await writes.createVault(id, 'westeurope')).toEqual({ kind: 'done' });

    expect(sent()).toMatchObject([{ method: 'PUT', path: id }]);
    const vaults = await inventory.vaults();
    expect(vaults.kind === 'known' && vaults.value.find(({ name }) => name === 'rsv-new')).toMatchObject({
      redundancy: 'GeoRedundant',
      softDeleteState: 'Enabled',
      publicNetworkAccess: 'Disabled',
      provisioningState: 'Succeeded',
    });
  });

  test('what stands by now is not written over', async () => {
    const { writes, sent } = await writesOn([vm('web1'), ...vaultWithPolicy()]);
    const id = `${vaultId()}/backupPolicies/Backstop`;
    await writes.createPolicy(id);

    expect(await writes.createPolicy(id)).toEqual({ kind: 'done' });
    expect(await writes.createPolicy(policyId())).toMatchObject({ kind: 'refused', code: 'OtherStands' });
    expect(await writes.createVault(vaultId(), 'westeurope')).toEqual({ kind: 'done' });
    expect(await writes.createVault(vaultId(), 'northeurope')).toMatchObject({ kind: 'refused', code: 'OtherStands' });
    expect(sent().map(({ path }) => path)).toEqual([id]);
  });

  test.each([403, 500])('what stands cannot be read (%i): nothing is written', async (status) => {
    const { writes, sent, azure } = await writesOn();
    azure.faults({ method: 'GET', path: /vaults/, status, body: { error: { code: 'X', message: 'No.' } } });

    expect((await writes.createPolicy(`${vaultId()}/backupPolicies/New`)).kind).toBe(
      status === 403 ? 'refused' : 'unclear',
    );
    expect((await writes.createVault(vaultId('rsv-new'), 'westeurope')).kind).toBe(
      status === 403 ? 'refused' : 'unclear',
    );
    expect(sent()).toEqual([]);
  });

  test('pre-validation is a question', async () => {
    const { writes, sent } = await writesOn();

    expect(await writes.preValidate(vmOf('web1'), 'westeurope', vaultId())).toMatchObject({
      kind: 'known',
      value: { isFine: true, code: '' },
    });
    expect(sent()).toMatchObject([
      {
        method: 'POST',
        path: `/Subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/backupPreValidateProtection`,
        query: { 'api-version': apiVersion },
        body: { resourceType: 'VM', resourceId: vmId('web1'), vaultId: vaultId(), properties: '' },
      },
    ]);
  });
});

describe('an operation', () => {
  test('is followed at the address that Azure gave, until it is done; then the item stands', async () => {
    const { writes, azure, pass, inventory } = await writesOn();
    const answer = await writes.protect(request());
    expect.assert(answer.kind === 'accepted');
    expect(answer).toMatchObject({
      retryAfterSeconds: 60,
      operationUrl: expect.stringContaining('api-version=2016-12-01'),
    });

    expect(await writes.operation(answer.operationUrl)).toMatchObject({ kind: 'known', value: { kind: 'under-way' } });
    pass(61);
    expect(await writes.operation(answer.operationUrl)).toMatchObject({ kind: 'known', value: { kind: 'done' } });

    const items = await inventory.items({ subscriptionIds: [subscription] });
    expect(items.kind === 'known' && items.value.items.map(({ item: { protectionState } }) => protectionState)).toEqual(
      ['IRPending'],
    );
    expect(azure.requests.some(({ path }) => path.includes('/operationsStatus/'))).toBe(true);
  });

  test('at another host is not asked about: it would get our token', async () => {
    const { writes, azure } = await writesOn();

    expect(await writes.operation('https://elsewhere.invalid/x')).toMatchObject({ kind: 'unknown' });
    expect(azure.requests).toEqual([]);
  });

  test('that cannot be read is unknown, with its cause', async () => {
    const { writes, azure } = await writesOn();
    azure.faults({
      path: /operationsStatus/,
      status: 403,
      body: { error: { code: 'AuthorizationFailed', message: 'No.' } },
    });

    expect(await writes.operation(`${azure.armUrl}/subscriptions/${subscription}/operationsStatus/x`)).toMatchObject({
      kind: 'unknown',
      because: { cause: 'no-permission' },
    });
  });
});

describe('what the simulated Azure refuses, as Azure does, is told with its code:', () => {
  const lock: EstateResource = {
    id: `/subscriptions/${subscription}/resourceGroups/rg-backup/providers/Microsoft.Authorization/locks/frozen`,
    name: 'frozen',
    type: 'Microsoft.Authorization/locks',
    properties: { level: 'ReadOnly' },
  };
  const elsewhere = vm('web1', { location: 'northeurope' });
  const deleted = item('web1', { isScheduledForDeferredDelete: true });
  const otherVault = vaultId('rsv-other');

  test.each<[string, readonly EstateResource[], Partial<ProtectRequest>, string]>([
    ['a locked group', [vm('web1'), ...vaultWithPolicy(), lock], {}, 'ScopeLocked'],
    ['a VM of another region', [elsewhere, ...vaultWithPolicy()], {}, 'UserErrorVmRegionMismatch'],
    ['a soft-deleted item', [vm('web1'), ...vaultWithPolicy(), deleted], {}, 'UserErrorItemInSoftDeletedState'],
    ['no such policy', [vm('web1'), ...vaultWithPolicy()], { policyId: policyId('x') }, 'BMSUserErrorPolicyNotFound'],
    ['no such vault', [vm('web1'), ...vaultWithPolicy()], { vaultId: vaultId('rsv-none') }, 'ResourceNotFound'],
    ['no such VM', vaultWithPolicy(), {}, 'UserErrorVmNotFound'],
    [
      'protected elsewhere',
      [vm('web1'), ...vaultWithPolicy(), ...vaultWithPolicy(otherVault), item('web1', {}, otherVault)],
      {},
      'VirtualMachineAlreadyProtected',
    ],
    [
      'a full policy',
      [
        vm('web1'),
        ...vaultWithPolicy(),
        ...Array.from({ length: 100 }, (_, number) => item(`vm${number}`, { sourceResourceId: vmId(`vm${number}`) })),
      ],
      {},
      'UserErrorPolicyLimitReached',
    ],
  ])('%s', async (_, resources, change, code) => {
    const { writes, sent } = await writesOn(resources);

    expect(await writes.protect(request(change))).toMatchObject({ kind: 'refused', code });
    expect(sent()).toHaveLength(1);
  });

  test('a full vault', async () => {
    const full = Array.from({ length: 1000 }, (_, number) => {
      const policy = `${vaultId()}/backupPolicies/P${Math.floor(number / 100)}`;
      return item(`vm${number}`, { sourceResourceId: vmId(`vm${number}`), policyId: policy });
    });
    const { writes } = await writesOn([vm('web1'), ...vaultWithPolicy(), ...full]);

    expect(await writes.protect(request())).toMatchObject({ kind: 'refused', code: 'UserErrorVaultLimitReached' });
  });

  test.each([
    ['keys that Azure Backup may read', ['get', 'list', 'backup'], 'done'],
    ['keys that it may not back up', ['get', 'list'], 'failed'],
  ])('Azure Disk Encryption, with %s', async (_, secrets, end) => {
    const keyVault = `/subscriptions/${subscription}/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv`;
    const service = '11111111-2222-3333-4444-555555555555';
    const encryption = {
      enabled: true,
      encryptionSettings: [{ diskEncryptionKey: { sourceVault: { id: keyVault } } }],
    };
    const resources = [
      vm('web1'),
      ...vaultWithPolicy(),
      { ...disk(diskId('web1-os'), { encryptionSettingsCollection: encryption }), managedBy: vmId('web1') },
      {
        id: keyVault,
        name: 'kv',
        type: 'Microsoft.KeyVault/vaults',
        location: 'westeurope',
        properties: { accessPolicies: [{ objectId: service, permissions: { secrets, keys: [] } }] },
      },
    ];
    const { writes, pass } = await writesOn(resources, {}, { backupManagementServiceObjectId: service });
    const answer = await writes.protect(request());
    expect.assert(answer.kind === 'accepted');
    pass(61);

    expect(await writes.operation(answer.operationUrl)).toMatchObject({ kind: 'known', value: { kind: end } });
  });

  test('something under way: it may be asked again', async () => {
    const { writes } = await writesOn();
    await writes.protect(request());

    expect(await writes.protect(request())).toMatchObject({
      kind: 'refused',
      code: 'CloudInternalErrorOperationInProgress',
      later: expect.any(Number),
    });
  });
});

describe('an answer of Azure', () => {
  const error = { error: { code: 'X', message: 'No.' } };

  test.each([
    [400, { kind: 'refused', code: 'X' }],
    [403, { kind: 'refused', code: 'X' }],
    [429, { kind: 'refused', code: 'X', later: expect.any(Number) }],
    [503, { kind: 'refused', code: 'X', later: expect.any(Number) }],
    // Nobody knows what came of these.
    [500, { kind: 'unclear' }],
    [504, { kind: 'unclear' }],
  ])('of %i is taken for what it proves, after one request', async (status, expected) => {
    const { writes, azure, sent } = await writesOn();
    azure.faults({ method: 'PUT', path: /./, status, body: error });

    expect(await writes.protect(request())).toMatchObject(expected);
    expect(await writes.createVault(vaultId('rsv-x'), 'westeurope')).toMatchObject(expected);
    expect(sent()).toHaveLength(2);
  });
});

test('the first backup is asked for once, and makes a recovery point', async () => {
  const { writes, sent, inventory, pass } = await writesOn([
    vm('web1'),
    ...vaultWithPolicy(),
    item('web1', { protectionState: 'IRPending', lastRecoveryPoint: undefined }),
  ]);

  expect(await writes.backUpNow(itemId('web1'), 'r-1')).toMatchObject({ kind: 'accepted' });

  expect(sent()).toMatchObject([
    { method: 'POST', clientRequestId: 'r-1', body: { properties: { objectType: 'IaasVMBackupRequest' } } },
  ]);
  pass(61);
  const items = await inventory.items({ subscriptionIds: [subscription] });
  expect(items.kind === 'known' && items.value.items[0]?.item.lastRecoveryPoint).toBeTruthy();
});
