import * as z from 'zod';

import { type Fact, known, type Source } from '../domain/fact.ts';
import { armId, region } from '../domain/ids.ts';
import type { Lock } from '../domain/lock.ts';
import type { Permission } from '../domain/permission.ts';
import type { Vault } from '../domain/protection.ts';
import type { BackupProvider } from '../domain/provider.ts';
import type { NameAvailability } from '../domain/vault-name.ts';
import type { VmSize, VmSizes } from '../domain/vm-size.ts';
import type { Arm, SecuritySetting, StorageSetting } from '../use-cases/ports.ts';
import { type ArmClient, pathOf } from './arm-client.ts';
import { count, flag, present, text } from './lenient.ts';
import { type Recall, shortMemory } from './short-memory.ts';
import { malformed, unknownFrom } from './unknown.ts';

const versions = {
  backup: '2025-08-01',
  locks: '2020-05-01',
  names: '2025-08-01',
  permissions: '2022-04-01',
  providers: '2021-04-01',
  skus: '2021-07-01',
} as const;

const LockBody = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  properties: z.looseObject({ level: z.string().min(1) }),
});

/** The scope of a lock is what stands before its own part of the id. */
function lockOf(raw: unknown): Lock | undefined {
  const body = LockBody.safeParse(raw).data;
  const [scope] = body ? armId(body.id).split('/providers/microsoft.authorization/locks/') : [];
  return body && scope
    ? { id: body.id, name: body.name, level: body.properties.level, scope: armId(scope) }
    : undefined;
}

const ProviderBody = z.looseObject({
  registrationState: z.string().min(1),
  // Not read leniently: a region that was not understood would pass for one that is not offered.
  resourceTypes: z.array(z.looseObject({ resourceType: z.string(), locations: z.array(z.string()) })),
});

function providerOf(raw: unknown): BackupProvider | undefined {
  const body = ProviderBody.safeParse(raw).data;
  const vaults = body?.resourceTypes.find(({ resourceType }) => resourceType.toLowerCase() === 'vaults');
  return body && { registrationState: body.registrationState, vaultRegions: (vaults?.locations ?? []).map(region) };
}

/** Not read leniently: an exception that was not understood would pass for a permission. */
const PermissionBody = z.looseObject({ actions: z.array(z.string()), notActions: z.array(z.string()).nullish() });

function permissionOf(raw: unknown): Permission | undefined {
  const body = PermissionBody.safeParse(raw).data;
  return body && { actions: body.actions, notActions: body.notActions ?? [] };
}

const SkuBody = z.looseObject({
  resourceType: z.string(),
  name: z.string(),
  capabilities: z.array(z.looseObject({ name: z.string(), value: z.string() })).catch([]),
});
type SkuBody = z.infer<typeof SkuBody>;

/** Azure writes the numbers as texts. */
function capability({ capabilities }: SkuBody, wanted: string): number | undefined {
  const value = capabilities.find(({ name }) => name.toLowerCase() === wanted)?.value.trim();
  const number = Number(value);
  return value && Number.isFinite(number) ? number : undefined;
}

function sizesOf(rows: readonly unknown[]): VmSizes {
  const sizes = rows
    .flatMap((raw) => SkuBody.safeParse(raw).data ?? [])
    .filter(({ resourceType }) => resourceType.toLowerCase() === 'virtualmachines');
  return new Map(
    sizes.map((sku) => [
      sku.name.toLowerCase(),
      present<VmSize>({ vCpus: capability(sku, 'vcpus'), memoryGiB: capability(sku, 'memorygb') }),
    ]),
  );
}

const StorageBody = z.looseObject({
  properties: z.looseObject({ storageModelType: text, storageTypeState: text, crossRegionRestoreFlag: flag }),
});

const words = new Map([
  [true, 'Enabled'],
  [false, 'Disabled'],
]);

function storageSettingOf(raw: unknown): StorageSetting | undefined {
  const properties = StorageBody.safeParse(raw).data?.properties;
  if (!properties) {
    return undefined;
  }
  const { storageModelType, storageTypeState, crossRegionRestoreFlag: isOn } = properties;
  return present<StorageSetting>({
    redundancy: storageModelType,
    redundancyState: storageTypeState,
    crossRegionRestore: isOn === undefined ? undefined : words.get(isOn),
  });
}

const SecurityBody = z.looseObject({
  properties: z.looseObject({ softDeleteFeatureState: text, softDeleteRetentionPeriodInDays: count }),
});

function securitySettingOf(raw: unknown): SecuritySetting | undefined {
  const properties = SecurityBody.safeParse(raw).data?.properties;
  return (
    properties &&
    present<SecuritySetting>({
      softDeleteState: properties.softDeleteFeatureState,
      softDeleteDays: properties.softDeleteRetentionPeriodInDays,
    })
  );
}

const NameBody = z.looseObject({ nameAvailable: z.boolean(), reason: text, message: text });

function availabilityOf(name: string, raw: unknown): NameAvailability | undefined {
  const body = NameBody.safeParse(raw).data;
  const reason = body?.message ?? body?.reason;
  return body && { name, available: body.nameAvailable, ...(reason ? { reason } : {}) };
}

function wholeList<T>(rows: readonly unknown[], understand: (raw: unknown) => T | undefined): readonly T[] | undefined {
  const understood = rows.flatMap((row) => understand(row) ?? []);
  return understood.length === rows.length ? understood : undefined;
}

type SettingReads = Pick<
  Arm,
  'locksIn' | 'providerIn' | 'permissionsIn' | 'vmSizesIn' | 'storageSettingOf' | 'securitySettingOf' | 'vaultNameIn'
>;

/** What Resource Graph lacks, one call each per subscription, region or vault. It is remembered for some minutes. */
export function createSettingReads(
  client: ArmClient,
  source: (where: string) => Source,
  now: () => Date,
): SettingReads {
  /** Reads one thing; `what` and `where` complete the words of a failure and of the source. */
  function reading<T>(recall: Recall<T>, where: string) {
    return (path: string, what: string, read: () => Promise<T | undefined>): Promise<Fact<T>> =>
      recall(path, async () => {
        try {
          const value = await read();
          return value === undefined ? malformed(what) : known(value, source(where));
        } catch (error) {
          return unknownFrom(error, `${what} could not be read`);
        }
      });
  }

  const locks = reading<readonly Lock[]>(shortMemory(now), 'ARM, locks');
  const providers = reading<BackupProvider>(shortMemory(now), 'ARM, resource provider');
  const permissions = reading<readonly Permission[]>(shortMemory(now), 'ARM, permissions');
  const sizes = reading<VmSizes>(shortMemory(now), 'ARM, VM sizes');
  const storage = reading<StorageSetting>(shortMemory(now), 'Azure Backup, storage setting');
  const security = reading<SecuritySetting>(shortMemory(now), 'Azure Backup, vault setting');
  const names = reading<NameAvailability>(shortMemory(now), 'ARM, availability of names');
  const below = (vault: Vault, setting: string) => `${pathOf(vault.key)}/${setting}`;

  return {
    locksIn(subscriptionId) {
      const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/locks`;
      return locks(path, `The locks of subscription ${subscriptionId}`, async () =>
        wholeList(await client.list(path, versions.locks), lockOf),
      );
    },
    providerIn(subscriptionId) {
      const path = `/subscriptions/${subscriptionId}/providers/Microsoft.RecoveryServices`;
      return providers(path, `The resource provider of Azure Backup in subscription ${subscriptionId}`, async () =>
        providerOf(await client.get(path, versions.providers)),
      );
    },
    permissionsIn(subscriptionId) {
      const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/permissions`;
      return permissions(path, `The permissions in subscription ${subscriptionId}`, async () => {
        return wholeList(await client.list(path, versions.permissions), permissionOf);
      });
    },
    vmSizesIn(subscriptionId, where) {
      const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/skus`;
      // What a size has is the same for every subscription: who asks first asks for all.
      return sizes(where, `The VM sizes of subscription ${subscriptionId} in ${where}`, async () =>
        sizesOf(await client.list(path, versions.skus, { $filter: `location eq '${where.replaceAll("'", "''")}'` })),
      );
    },
    storageSettingOf(vault) {
      const path = below(vault, 'backupstorageconfig/vaultstorageconfig');
      return storage(path, `The storage setting of vault ${vault.name}`, async () =>
        storageSettingOf(await client.get(path, versions.backup)),
      );
    },
    securitySettingOf(vault) {
      const path = below(vault, 'backupconfig/vaultconfig');
      return security(path, `The soft-delete setting of vault ${vault.name}`, async () =>
        securitySettingOf(await client.get(path, versions.backup)),
      );
    },
    vaultNameIn({ subscriptionId, resourceGroup }, where, name) {
      const group = pathOf(armId(`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`));
      const path = `${group}/providers/Microsoft.RecoveryServices/locations/${where}/checkNameAvailability`;
      return names(`${path}|${name}`, `Whether a vault may be called ${name}`, async () =>
        availabilityOf(
          name,
          await client.ask(path, versions.names, { name, type: 'Microsoft.RecoveryServices/Vaults' }),
        ),
      );
    },
  };
}
