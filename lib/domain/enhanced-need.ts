import type { BackupPolicy } from './backup-policy.ts';
import { managedDisks, readableDisks, unreadDisk, whyUntold } from './disk-resource.ts';
import { excludedLuns } from './excluded-luns.ts';
import type { UnknownBecause } from './fact.ts';
import type { FactSheet } from './fact-sheet.ts';
import { judgedItem } from './protection.ts';
import type { JudgementSettings } from './settings.ts';
import { isWord } from './word.ts';

/** Why a VM needs an Enhanced policy, as clauses; and why it cannot be told whether there is more. */
export interface EnhancedNeed {
  readonly reasons: readonly string[];
  readonly doubt?: UnknownBecause;
}

type Needed = Pick<FactSheet, 'vm' | 'items' | 'disks' | 'diskResources'>;

/** Days for which a Standard policy may keep snapshots. */
const standardSnapshotDays = 5;
/** The first api-version with which a Trusted Launch VM can be protected by a Standard policy. */
const trustedLaunchVersion = '2025-01-01';

/** Everything about a VM and its policy that only an Enhanced policy can do. */
export function enhancedNeed(sheet: Needed, policy: BackupPolicy, settings: JudgementSettings): EnhancedNeed {
  const parts = [machineNeed(sheet, settings), diskNeed(sheet), exclusionNeed(sheet)];
  const doubt = parts.find((part) => part.doubt)?.doubt;
  const reasons = [...parts.flatMap((part) => part.reasons), ...policyReasons(policy)];
  return withDoubt(reasons, doubt);
}

function machineNeed({ vm }: Needed, { backupApiVersion }: JudgementSettings): EnhancedNeed {
  if (vm.kind === 'unknown') {
    return { reasons: [], doubt: vm.because };
  }
  const { extendedZone, securityType } = vm.value;
  const isTrustedLaunch = isWord(securityType, 'TrustedLaunch');
  return {
    reasons: [
      ...(extendedZone ? [`it stands in Extended Zone ${extendedZone}`] : []),
      ...(isTrustedLaunch && backupApiVersion < trustedLaunchVersion
        ? [`it is a Trusted Launch VM and api-version ${backupApiVersion} enables its protection`]
        : []),
    ],
  };
}

function diskNeed({ disks, diskResources }: Needed): EnhancedNeed {
  if (disks.kind === 'unknown') {
    return { reasons: [], doubt: disks.because };
  }
  const inventory = readableDisks(diskResources);
  // The disk resource says it better than the VM, which leaves it out while it is deallocated.
  const typed = managedDisks(disks.value, inventory).map((disk) => ({
    ...disk,
    sku: disk.resource?.sku ?? disk.storageType ?? '',
  }));
  const reasons = typed
    .filter(({ sku }) => /^(ultrassd|premiumv2)_/i.test(sku))
    .map(({ name, sku }) => `its disk ${name} is ${sku}`);
  const untyped = typed.find(({ sku }) => sku === '');
  return withDoubt(reasons, untyped && whyUntold(untyped, 'SKU', inventory));
}

/** Shared disks can be left out of a backup, but under an Enhanced policy only. */
function exclusionNeed({ items, disks, diskResources }: Needed): EnhancedNeed {
  const exclusion = items.kind === 'known' ? judgedItem(items.value)?.diskExclusion : undefined;
  if (!exclusion || disks.kind === 'unknown') {
    return { reasons: [] };
  }
  const inventory = readableDisks(diskResources);
  const luns = excludedLuns(disks.value, exclusion);
  const excluded = managedDisks(disks.value, inventory).filter(({ lun }) => lun !== undefined && luns.includes(lun));
  const reasons = excluded
    .filter(({ resource }) => (resource?.maxShares ?? 1) > 1)
    .map(({ name }) => `its shared disk ${name} is left out of the backup`);
  return withDoubt(reasons, unreadDisk(excluded, inventory));
}

function withDoubt(reasons: readonly string[], doubt: UnknownBecause | undefined): EnhancedNeed {
  return doubt ? { reasons, doubt } : { reasons };
}

function policyReasons({ schedule, snapshotConsistency, instantRestoreDays = 0 }: BackupPolicy): readonly string[] {
  return [
    ...(schedule?.kind === 'hourly' ? ['the policy runs hourly'] : []),
    ...(isWord(snapshotConsistency, 'OnlyCrashConsistent') ? ['the policy is crash-consistent only'] : []),
    ...(instantRestoreDays > standardSnapshotDays
      ? [
          `the policy keeps snapshots for ${instantRestoreDays} days, a Standard one for at most ${standardSnapshotDays}`,
        ]
      : []),
  ];
}
