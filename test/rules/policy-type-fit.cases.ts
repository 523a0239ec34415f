import type { BackupPolicy } from '../../lib/domain/backup-policy.ts';
import type { DiskResource } from '../../lib/domain/disk-resource.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import { armId } from '../../lib/domain/ids.ts';
import type { policyTypeFit } from '../../lib/rules/policy-type-fit.ts';
import type { Cases, Differing } from './case.ts';
import {
  daily,
  diskResource,
  diskResources,
  disks,
  fact,
  gap,
  item,
  live,
  machine,
  noItem,
  unread,
  vault,
} from './healthy-vm.ts';
import { hostileName } from './hostile-name.ts';

const vaultKey = vault('rsv-weu').key;

/** A Standard policy that fits every VM with nothing special. */
const standard: BackupPolicy = { ...daily, name: 'Silver', subtype: 'Standard', instantRestoreDays: 2 };

function assigned(change: Partial<BackupPolicy> = {}): Differing {
  return { policy: fact<BackupPolicy>({ ...standard, ...change }) };
}

/** A VM without an item that would get a Standard policy; the vault has an Enhanced one as well. */
function intended(change: Partial<BackupPolicy> = {}): Differing {
  const policy: BackupPolicy = { ...standard, ...change };
  const named = (name: string, each: BackupPolicy) => [armId(`${vaultKey}/backuppolicies/${name}`), each] as const;
  return {
    ...noItem,
    policies: fact(
      new Map([named('silver', policy), named(hostileName, policy), named('gold', { ...daily, name: 'Gold' })]),
    ),
    settings: { defaultPolicyName: 'Silver' },
  };
}

/** These disk resources; the last one is also found where the house test has given all disks a hostile id. */
function read(...resources: readonly DiskResource[]): FactSheet['diskResources'] {
  const hostile = resources.map((each) => ({ ...each, key: armId(hostileName) }));
  return fact({ read: [...resources, ...hostile.slice(-1)], missing: gap });
}

const ultra = read(diskResource('os'), diskResource('data-1'), diskResource('data-0', { sku: 'UltraSSD_LRS' }));
const shared = read(diskResource('os'), diskResource('data-1'), diskResource('data-0', { maxShares: 2 }));

function leavingOut(...luns: readonly number[]): Differing {
  return { items: live(item({ diskExclusion: { luns, isInclusionList: false } })) };
}

const enhanced = { outcome: 'pass', reason: 'Enhanced' } as const;
const fits = { outcome: 'pass', reason: 'NothingNeeded' } as const;
const fails = { outcome: 'fail', reason: 'StandardAssigned', severity: 'blocker' } as const;
const wouldFail = { outcome: 'fail', reason: 'StandardIntended', severity: 'blocker' } as const;
const trusted = fact(machine({ securityType: 'TrustedLaunch' }));
const vaultNames = '--subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu';

export const cases: Cases<typeof policyTypeFit> = [
  ['an Enhanced policy', {}, { ...enhanced, message: 'Policy EnhancedPolicy is Enhanced.' }],
  ['an Enhanced policy, and an Ultra Disk', { diskResources: ultra }, enhanced],
  [
    'a Standard policy, and nothing special',
    assigned(),
    { ...fits, message: 'Nothing about the VM needs an Enhanced policy instead of Silver.' },
  ],
  [
    'a Standard policy, and an Ultra Disk',
    { ...assigned(), diskResources: ultra },
    {
      ...fails,
      message: 'The VM needs an Enhanced policy because its disk data-0 is UltraSSD_LRS; Silver is Standard.',
      fix: {
        commands: [
          `az backup policy list ${vaultNames} --policy-sub-type Enhanced --workload-type VM`,
          `az backup item set-policy ${vaultNames} -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -n 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' -p EnhancedPolicy --backup-management-type AzureIaasVM --workload-type VM`,
        ],
      },
    },
  ],
  [
    'a Standard policy, and an OS disk of Premium SSD v2, in another case',
    {
      ...assigned(),
      diskResources: read(diskResource('os', { sku: 'premiumv2_lrs' })),
      disks: fact(disks(0)),
    },
    fails,
  ],
  [
    'a Standard policy, and a type of disk that only the VM tells',
    {
      ...assigned(),
      disks: fact(disks(1).map((disk) => ({ ...disk, storageType: 'UltraSSD_LRS' }))),
      diskResources: unread,
    },
    {
      ...fails,
      message:
        'The VM needs an Enhanced policy because its disk os is UltraSSD_LRS, its disk data-0 is UltraSSD_LRS; Silver is Standard.',
    },
  ],
  [
    'a disk resource that says otherwise than the VM',
    {
      ...assigned(),
      disks: fact(disks(0).map((disk) => ({ ...disk, storageType: 'UltraSSD_LRS' }))),
    },
    fits,
  ],
  [
    'a Standard policy, and zone-redundant disks',
    {
      ...assigned(),
      disks: fact(disks(0)),
      diskResources: diskResources(diskResource('os', { sku: 'Premium_ZRS' })),
    },
    fits,
  ],
  [
    'a Standard policy, and an unmanaged disk, which has no resource',
    {
      ...assigned(),
      disks: fact([...disks(0), { name: 'blob', role: 'data', unmanaged: true, lun: 0 }]),
    },
    fits,
  ],
  [
    'a Standard policy, and a disk whose resource could not be read',
    { ...assigned(), diskResources: diskResources(diskResource('os'), diskResource('data-0')) },
    { outcome: 'unknown', cause: 'partial-inventory', message: gap.detail },
  ],
  [
    'a Standard policy, and a disk that does not tell its type',
    {
      ...assigned(),
      disks: fact(disks(0)),
      diskResources: fact({
        read: [{ key: diskResource('os').key, id: '/d', name: 'os', resourceGroup: 'g' }],
        missing: gap,
      }),
    },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a Standard policy, a disk that could not be read, and an Ultra Disk',
    { ...assigned(), diskResources: read(diskResource('os', { sku: 'UltraSSD_LRS' })) },
    fails,
  ],
  [
    'a Standard policy, and disks that may not be read',
    { ...assigned(), disks: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'a Standard policy in an Extended Zone',
    { ...assigned(), vm: fact(machine({ extendedZone: 'losangeles' })) },
    {
      ...fails,
      message: 'The VM needs an Enhanced policy because it stands in Extended Zone losangeles; Silver is Standard.',
    },
  ],
  [
    'Trusted Launch, and an api-version of before 2025 (ruling 34)',
    { ...assigned(), vm: trusted },
    {
      ...fails,
      message:
        'The VM needs an Enhanced policy because it is a Trusted Launch VM and api-version 2023-06-01 enables its protection; Silver is Standard.',
    },
  ],
  ['Trusted Launch in another case', { ...assigned(), vm: fact(machine({ securityType: 'trustedLaunch' })) }, fails],
  [
    'Trusted Launch, and the last api-version that does not know it',
    { ...assigned(), vm: trusted, settings: { backupApiVersion: '2024-11-01-preview' } },
    fails,
  ],
  [
    'Trusted Launch, and the first api-version that knows it (ruling 34)',
    { ...assigned(), vm: trusted, settings: { backupApiVersion: '2025-01-01' } },
    fits,
  ],
  [
    'security type Standard is not Trusted Launch',
    { ...assigned(), vm: fact(machine({ securityType: 'Standard' })) },
    fits,
  ],
  [
    'a Standard policy, and a VM that may not be read',
    { ...assigned(), vm: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'a Standard policy, and a shared disk that is left out',
    { ...assigned(), ...leavingOut(0), diskResources: shared },
    {
      ...fails,
      message:
        'The VM needs an Enhanced policy because its shared disk data-0 is left out of the backup; Silver is Standard.',
    },
  ],
  [
    'a Standard policy, and a shared disk that is not left out: another rule',
    { ...assigned(), ...leavingOut(1), diskResources: shared },
    fits,
  ],
  [
    'a Standard policy, and a disk left out that is not shared',
    {
      ...assigned(),
      ...leavingOut(0),
      diskResources: diskResources(...['os', 'data-0', 'data-1'].map((name) => diskResource(name))),
    },
    fits,
  ],
  [
    'a Standard policy, and a disk left out of which only the VM tells the type',
    {
      ...assigned(),
      ...leavingOut(0),
      disks: fact(disks(1).map((disk) => ({ ...disk, storageType: 'Premium_LRS' }))),
      diskResources: diskResources(diskResource('os')),
    },
    { outcome: 'unknown', cause: 'partial-inventory' },
  ],
  [
    'a Standard policy that runs hourly',
    assigned({ schedule: { kind: 'hourly', gapHours: 4, intervalHours: 4 } }),
    { ...fails, message: 'The VM needs an Enhanced policy because the policy runs hourly; Silver is Standard.' },
  ],
  [
    'a Standard policy that is crash-consistent only',
    assigned({ snapshotConsistency: 'onlyCrashConsistent' }),
    {
      ...fails,
      message: 'The VM needs an Enhanced policy because the policy is crash-consistent only; Silver is Standard.',
    },
  ],
  ['a Standard policy of another consistency', assigned({ snapshotConsistency: 'Default' }), fits],
  ['a Standard policy with five days of snapshots', assigned({ instantRestoreDays: 5 }), fits],
  [
    'a Standard policy with six days of snapshots',
    assigned({ instantRestoreDays: 6 }),
    {
      ...fails,
      message:
        'The VM needs an Enhanced policy because the policy keeps snapshots for 6 days, a Standard one for at most 5; Silver is Standard.',
    },
  ],
  [
    'several reasons at once',
    { ...assigned({ instantRestoreDays: 7 }), vm: trusted, diskResources: ultra },
    {
      ...fails,
      message:
        'The VM needs an Enhanced policy because it is a Trusted Launch VM and api-version 2023-06-01 enables its protection, its disk data-0 is UltraSSD_LRS, the policy keeps snapshots for 7 days, a Standard one for at most 5; Silver is Standard.',
    },
  ],
  [
    'a subtype that could not be understood, and a reason',
    { policy: fact<BackupPolicy>({ id: '/p', name: 'Odd' }), diskResources: ultra },
    { outcome: 'unknown', cause: 'not-reported', message: 'The subtype of policy Odd could not be understood.' },
  ],
  [
    'a subtype that could not be understood, and no reason',
    { policy: fact<BackupPolicy>({ id: '/p', name: 'Odd' }) },
    fits,
  ],
  ['no item, and an Enhanced policy that it would get', noItem, enhanced],
  [
    'no item, no policy of the name in the vault: the template of Backstop (ruling 25)',
    { ...noItem, diskResources: ultra, policies: fact(new Map()) },
    { ...enhanced, message: 'Policy EnhancedPolicy (template of Backstop) is Enhanced.' },
  ],
  ['no item, and a Standard policy that fits', intended(), fits],
  [
    'no item, and a Standard policy that does not fit',
    { ...intended(), diskResources: ultra },
    {
      ...wouldFail,
      message:
        'The VM needs an Enhanced policy because its disk data-0 is UltraSSD_LRS; Silver, which it would get, is Standard.',
      fix: {
        text: 'Make an Enhanced policy of vault rsv-weu the default (defaultPolicyName), for example Gold.',
        commands: [`az backup policy list ${vaultNames} --policy-sub-type Enhanced --workload-type VM`],
      },
    },
  ],
  [
    'an item without a policy (ruling 36)',
    { policy: fact('none'), diskResources: ultra },
    { outcome: 'notApplicable', message: 'The item has no policy: protection is stopped.' },
  ],
  [
    'no item, and policies that may not be read',
    { ...noItem, policies: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['a policy that may not be read', { policy: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
