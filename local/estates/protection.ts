import { caseNoise } from './arm-ids.ts';
import type { Bodies } from './bodies.ts';
import type { EstateResource } from './estate.ts';
import { snapshotExtension } from './extensions.ts';
import { day, instant, minute } from './instants.ts';
import { jobBody } from './jobs.ts';
import type { Landscape } from './landscape.ts';
import { machineId } from './machine.ts';
import type { MachinePlan, Protection } from './machine-plan.ts';
import { type Random, randomStream } from './random.ts';
import type { Seat } from './vaults.ts';

const softDeleteDays = 14;

type Writer = {
  readonly plan: MachinePlan;
  readonly protection: Protection;
  readonly vmId: string;
  readonly now: number;
  readonly random: Random;
};

/** Adds the protected items of a VM, their jobs, and the snapshot extension that the first backup installs. */
export function addProtection(bodies: Bodies, plan: MachinePlan, { landscape, seed, now }: Surroundings): void {
  const { protection, place } = plan;
  if (!protection || !place.vaults) return;
  const vmId = machineId(plan);
  const writer = { plan, protection, vmId, now, random: randomStream(seed, 'protected item', plan.number) };
  const seats = [place.vaults.seat(protection.policy)];
  if (protection.isTwofold) seats.push(landscape.legacyVaults(place).seat(protection.policy));
  for (const seat of seats) {
    bodies.items.push(protectedItem(writer, seat));
    bodies.jobs.push(...jobs(writer, seat));
  }
  if (protection.lastBackup && plan.agent) bodies.extensions.push(snapshotExtension(plan, vmId));
}

type Surroundings = { readonly landscape: Landscape; readonly seed: number; readonly now: number };

/** How Azure Backup calls the container of a VM. */
export function containerName({ group, name }: MachinePlan): string {
  return `iaasvmcontainerv2;${group.toLowerCase()};${name}`;
}

function protectedItem({ plan, protection, vmId, now, random }: Writer, seat: Seat): EstateResource {
  const container = containerName(plan);
  // The service writes these names in either way, and answers to both.
  const isLowerCase = random.chance(40);
  const name = `${isLowerCase ? 'vm' : 'VM'};${container}`;
  const parent = `${seat.vaultId}/backupFabrics/Azure/protectionContainers/${isLowerCase ? 'iaasvmcontainer' : 'IaasVMContainer'};${container}`;
  const sourceResourceId = caseNoise(vmId, random);
  return {
    id: `${parent}/protectedItems/${name}`,
    name,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems',
    properties: {
      friendlyName: plan.name,
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      backupManagementType: 'AzureIaasVM',
      workloadType: 'VM',
      containerName: container,
      virtualMachineId: caseNoise(vmId, random),
      sourceResourceId,
      vaultId: protection.isVaultIdRespelt ? respelt(seat.vaultId) : seat.vaultId,
      policyId: protection.isVaultIdRespelt ? respelt(seat.policyId) : caseNoise(seat.policyId, random),
      policyName: seat.policyName,
      policyType: seat.policyType,
      dataSourceInfo: {
        datasourceType: 'Microsoft.Compute/virtualMachines',
        resourceID: sourceResourceId,
        resourceName: plan.name,
        resourceType: 'Microsoft.Compute/virtualMachines',
        resourceLocation: plan.place.region.name,
      },
      protectionStatus: protection.state === 'ProtectionError' ? 'ProtectionFailed' : 'Healthy',
      protectionState: protection.state,
      healthStatus: 'Passed',
      healthDetails: [],
      ...history(protection, now),
      protectedItemDataId: String(35_184_000_000_000 + random.int(1_000_000_000)),
      extendedProperties: { diskExclusionProperties: null, linuxVmApplicationName: '' },
      ...softDeletion(protection, now),
      isArchiveEnabled: false,
      softDeleteRetentionPeriodInDays: softDeleteDays,
    },
  };
}

function respelt(id: string): string {
  return id
    .replace(/^\/subscriptions\//, '/Subscriptions/')
    .replace(/\/resourceGroups\/.*/, (rest) => rest.toUpperCase());
}

function history({ lastBackup, lastPointAt, enabledAt }: Protection, now: number) {
  if (lastPointAt === null) {
    return {
      lastBackupStatus: '',
      // What the service reports before the first backup.
      lastBackupTime: '2001-01-01T00:00:00Z',
      lastRecoveryPoint: null,
      extendedInfo: { recoveryPointCount: 0, policyInconsistent: false },
    };
  }
  const oldest = Math.min(lastPointAt, Math.max(enabledAt, now - 30 * day));
  const recoveryPointCount = 1 + Math.floor((lastPointAt - oldest) / day);
  return {
    lastBackupStatus: lastBackup?.status ?? '',
    lastBackupTime: instant(lastBackup?.startedAt ?? lastPointAt),
    lastRecoveryPoint: instant(lastPointAt),
    extendedInfo: { oldestRecoveryPoint: instant(oldest), recoveryPointCount, policyInconsistent: false },
  };
}

function softDeletion({ softDeletedAt }: Protection, now: number) {
  if (softDeletedAt === null) return { isScheduledForDeferredDelete: false };
  const left = softDeletedAt + softDeleteDays * day - now;
  return {
    isScheduledForDeferredDelete: true,
    deferredDeleteTimeInUTC: instant(softDeletedAt),
    deferredDeleteTimeRemaining: `${Math.floor(left / day)}.${new Date(left).toISOString().slice(11, 19)}`,
  };
}

function jobs({ plan, protection, vmId, random }: Writer, { vaultId }: Seat): EstateResource[] {
  const { lastBackup, enabledAt, lastPointAt } = protection;
  const job = { vaultId, vmId, containerName: containerName(plan), random };
  if (!lastBackup) {
    return [jobBody({ ...job, operation: 'ConfigureBackup', status: 'Completed', startedAt: enabledAt, minutes: 1 })];
  }
  const last = jobBody({ ...job, operation: 'Backup', ...lastBackup, minutes: 12 + random.int(80) });
  if (lastBackup.status === 'Completed' || lastPointAt === null) return [last];
  const startedAt = lastPointAt - 10 * minute;
  return [last, jobBody({ ...job, operation: 'Backup', status: 'Completed', startedAt, minutes: 55 })];
}
