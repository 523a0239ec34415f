import type { AzureIaaSVMProtectedItem, RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup';
import { isRestError } from '@azure/core-rest-pipeline';
import * as z from 'zod';

import { type Fact, known, type Source } from '../domain/fact.ts';
import { armId, type VmAddress } from '../domain/ids.ts';
import type { Machine } from '../domain/machine.ts';
import type { ProtectedItem, Vault } from '../domain/protection.ts';
import type { Arm, MachineReading } from '../use-cases/ports.ts';
import type { ArmClient } from './arm-client.ts';
import { createResourceReads } from './arm-resources.ts';
import { createSettingReads } from './arm-settings.ts';
import { createBackupClient } from './backup-client.ts';
import { readItem } from './backup-rows.ts';
import { type Connection, deadline } from './connection.ts';
import { readMachineBody } from './machine-body.ts';
import { malformed, unknownFrom } from './unknown.ts';
import { readVault } from './vault-row.ts';

const versions = { compute: '2025-04-01', vaults: '2025-08-01', subscriptions: '2022-12-01' } as const;

const TenantOfSubscription = z.looseObject({ tenantId: z.string() });

type VmToRead = Parameters<Arm['machine']>[0];

/** ARM says that there is no such thing; a 404 without a code comes from something else on the way, and proves nothing. */
function isGone(error: unknown): boolean {
  return isRestError(error) && error.statusCode === 404 && /NotFound$/.test(error.code ?? '');
}

function vmPath({ subscriptionId, resourceGroup, name }: VmAddress): string {
  const group = encodeURIComponent(resourceGroup);
  const provider = `providers/Microsoft.Compute/virtualMachines/${encodeURIComponent(name)}`;
  return `/subscriptions/${encodeURIComponent(subscriptionId)}/resourceGroups/${group}/${provider}`;
}

/** The SDK makes an empty list of an answer without one: what Azure sent tells them apart. */
function isList(text: string | null | undefined): boolean {
  return z.looseObject({ value: z.array(z.unknown()) }).safeParse(JSON.parse(text ?? 'null')).success;
}

/** Single reads from ARM and Azure Backup. */
export function createArm(connection: Connection, client: ArmClient, now: () => Date): Arm {
  const tenants = new Map<string, Promise<string>>();

  function backupOf(subscriptionId: string): RecoveryServicesBackupClient {
    return createBackupClient(connection, subscriptionId);
  }

  function source(where: string): Source {
    return { where, readAt: now().toISOString() };
  }

  async function readTenant(subscriptionId: string): Promise<string> {
    const body = await client.get(`/subscriptions/${subscriptionId}`, versions.subscriptions);
    return TenantOfSubscription.safeParse(body).data?.tenantId ?? '';
  }

  /** A VM body does not name its tenant; it never changes, so it is asked for once. Empty where it cannot be read. */
  async function tenantOf(subscriptionId: string): Promise<string> {
    const asked = tenants.get(subscriptionId) ?? readTenant(subscriptionId).catch(() => '');
    tenants.set(subscriptionId, asked);
    const tenantId = await asked;
    if (tenantId === '') {
      tenants.delete(subscriptionId);
    }
    return tenantId;
  }

  type Unread = ReturnType<typeof unknownFrom>;

  function unreadMachine(error: unknown): Unread | { readonly kind: 'gone' } {
    return isGone(error) ? { kind: 'gone' } : unknownFrom(error, 'The VM could not be read');
  }

  async function readMachine(vm: VmToRead, query: Readonly<Record<string, string>>, refusedView?: Unread) {
    const body = await client.get(vmPath(vm), versions.compute, query);
    const at = source(refusedView ? 'ARM, VM' : 'ARM, VM with instance view');
    const facts = readMachineBody(body, vm.tenantId ?? (await tenantOf(vm.subscriptionId)), at, refusedView);
    return facts ? ({ kind: 'known', facts } as const) : malformed(`The VM ${vm.name}`);
  }

  /** Whoever may not read the instance view may still read the VM: then only what stands in the view is unknown (ruling 22). */
  async function readWithoutView(vm: VmToRead, refused: Unread): Promise<MachineReading> {
    try {
      return await readMachine(vm, {}, refused);
    } catch (error) {
      return unreadMachine(error);
    }
  }

  /** The whole item, which backupStatus only names. */
  async function readNamedItem(
    vm: Machine,
    vaultId: string,
    container: string,
    item: string,
  ): Promise<Fact<ProtectedItem | 'none'>> {
    const [, , subscriptionId = '', , group = '', , , , vault = ''] = vaultId.split('/');
    const backup = backupOf(subscriptionId);
    const read = await backup.protectedItems.get(vault, group, 'Azure', container, item, {
      filter: "expand eq 'extendedinfo'",
      abortSignal: deadline(),
    });
    const properties = (read.properties ?? {}) as Partial<AzureIaaSVMProtectedItem>;
    const { protectionState, lastRecoveryPoint, policyId, isScheduledForDeferredDelete } = properties;
    const { lastBackupStatus, lastBackupTime, healthStatus, healthDetails } = properties;
    const row = readItem({
      id: read.id,
      location: vm.region,
      sourceResourceId: vm.id,
      protectionState,
      lastRecoveryPoint: lastRecoveryPoint?.toISOString(),
      policyId,
      isScheduledForDeferredDelete,
      lastBackupStatus,
      lastBackupTime: lastBackupTime?.toISOString(),
      healthStatus,
      healthDetails,
      diskExclusion: properties.extendedProperties?.diskExclusionProperties,
      policyInconsistent: properties.extendedInfo?.policyInconsistent,
    });
    return row ? known(row.item, source('Azure Backup')) : malformed(`The protected item of ${vm.name}`);
  }

  return {
    ...createResourceReads(client, source, now),
    ...createSettingReads(client, source, now),
    async machine(vm): Promise<MachineReading> {
      try {
        return await readMachine(vm, { $expand: 'instanceView' });
      } catch (error) {
        const unread = unreadMachine(error);
        return unread.kind === 'unknown' && unread.because.cause === 'no-permission'
          ? readWithoutView(vm, unread)
          : unread;
      }
    },
    async vaultsOf(subscriptionId) {
      try {
        const path = `/subscriptions/${subscriptionId}/providers/Microsoft.RecoveryServices/vaults`;
        const tenantId = await tenantOf(subscriptionId);
        const bodies = await client.list(path, versions.vaults);
        const vaults = bodies.map((body) => readVault({ tenantId, ...(body as object) }));
        const whole = vaults.filter((vault): vault is Vault => vault !== undefined);
        return whole.length === vaults.length ? known(whole, source('ARM, list of vaults')) : malformed('A vault');
      } catch (error) {
        return unknownFrom(error, `The vaults of subscription ${subscriptionId} could not be listed`);
      }
    },
    async itemCountOf(vault) {
      const what = `The protected items of vault ${vault.name} could not be counted`;
      try {
        let isWhole = true;
        const counts = backupOf(vault.subscriptionId).backupUsageSummaries.list(vault.name, vault.resourceGroup, {
          filter: "type eq 'BackupProtectedItemCountSummary'",
          abortSignal: deadline(),
          onResponse: ({ bodyAsText }) => {
            isWhole = isWhole && isList(bodyAsText);
          },
        });
        let sum = 0;
        for await (const { currentValue } of counts) {
          if (!Number.isSafeInteger(currentValue)) {
            return malformed(`A count of protected items of vault ${vault.name}`);
          }
          sum += currentValue ?? 0;
        }
        return isWhole
          ? known(sum, source('Azure Backup, usage summary'))
          : malformed(`The count of protected items of vault ${vault.name}`);
      } catch (error) {
        return unknownFrom(error, what);
      }
    },
    async itemOf(vm) {
      try {
        const status = await backupOf(vm.subscriptionId).backupStatus.get(
          vm.region,
          { resourceType: 'VM', resourceId: vm.id },
          { abortSignal: deadline() },
        );
        const { protectionStatus, vaultId, containerName, protectedItemName } = status;
        if (protectionStatus === 'NotProtected') {
          return known('none', source('Azure Backup, backup status'));
        }
        if (!vaultId || !containerName || !protectedItemName) {
          return malformed(`The protected item in the backup status of ${vm.name}`);
        }
        return await readNamedItem(vm, armId(vaultId), containerName, protectedItemName);
      } catch (error) {
        return unknownFrom(error, `The backup status of ${vm.name} could not be read`);
      }
    },
  };
}
