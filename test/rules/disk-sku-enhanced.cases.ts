import { type BackupPolicy, templatePolicy } from '../../lib/domain/backup-policy.ts';
import type { DiskResource } from '../../lib/domain/disk-resource.ts';
import { armId } from '../../lib/domain/ids.ts';
import type { diskSkuEnhanced } from '../../lib/rules/disk-sku-enhanced.ts';
import type { Cases, Differing } from './case.ts';
import { daily, diskResource, diskResources, disks, fact, gap, noItem, unread, vault } from './healthy-vm.ts';
import { hostileName } from './hostile-name.ts';

/** A VM whose data disks have these SKUs. */
function skus(...data: readonly string[]): Differing {
  const resources = data.map((sku, index) => diskResource(`data-${index}`, { sku }));
  return { disks: fact(disks(data.length)), diskResources: diskResources(diskResource('os'), ...resources) };
}

function untold(name: string): DiskResource {
  const { sku: _, ...rest } = diskResource(name);
  return rest;
}

const { subtype: _subtype, ...ofUnknownKind } = daily;
const standard: BackupPolicy = { ...daily, name: 'DefaultPolicy', subtype: 'Standard' };
const underStandard: Differing = { policy: fact(standard) };

/** What a VM without an item would get: the policy of the default name in its vault. */
function intended(...policies: readonly BackupPolicy[]): Differing {
  return { ...noItem, policies: fact(new Map(policies.map((policy) => [idOf(policy.name), policy]))) };
}

/** A Standard policy of the default name, also where the house test gives it another one, and others. */
function intendedStandard(...others: readonly BackupPolicy[]): Differing {
  const policy: BackupPolicy = { ...daily, subtype: 'Standard' };
  return intended(policy, { ...policy, name: hostileName }, ...others);
}

function idOf(name: string) {
  return armId(`${vault('rsv-weu').id}/backupPolicies/${name}`);
}

const either = { outcome: 'pass', reason: 'EitherPolicy' } as const;
const enhanced = { outcome: 'pass', reason: 'EnhancedPolicy' } as const;
const fails = { outcome: 'fail', reason: 'StandardPolicy', severity: 'blocker' } as const;
const failsIntended = { outcome: 'fail', reason: 'StandardPolicyIntended', severity: 'blocker' } as const;
const noVaultLeft: Differing = { ...noItem, vaults: fact({ vaults: [] }) };

export const cases: Cases<typeof diskSkuEnhanced> = [
  [
    'Premium SSD under a Standard policy',
    underStandard,
    { ...either, message: 'The disks of the VM can be backed up with either kind of policy.' },
  ],
  [
    'every SKU that either kind of policy takes, under a Standard policy',
    {
      ...skus('Standard_LRS', 'StandardSSD_LRS', 'StandardSSD_ZRS', 'Premium_LRS', 'Premium_ZRS', 'premium_lrs'),
      ...underStandard,
    },
    either,
  ],
  [
    'an Ultra disk under an Enhanced policy',
    skus('UltraSSD_LRS'),
    { ...enhanced, message: 'Policy EnhancedPolicy is an Enhanced one, which takes every kind of managed disk.' },
  ],
  [
    'an Ultra disk under a Standard policy',
    { ...skus('UltraSSD_LRS'), ...underStandard },
    {
      ...fails,
      message: 'Policy DefaultPolicy is a Standard one; these disks need an Enhanced policy: data-0 (UltraSSD_LRS).',
      fix: {
        text: 'Give the VM an Enhanced policy such as EnhancedPolicy. There is no way back to a Standard one.',
        commands: [
          'az backup policy list --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --policy-sub-type Enhanced --workload-type VM',
          "az backup item set-policy --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -n 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' -p EnhancedPolicy",
        ],
      },
    },
  ],
  [
    'Premium SSD v2 and Ultra disks beside an ordinary one, in any case of letters',
    { ...skus('PREMIUMV2_LRS', 'Premium_LRS', 'ultrassd_lrs'), ...underStandard },
    {
      ...fails,
      message:
        'Policy DefaultPolicy is a Standard one; these disks need an Enhanced policy: data-0 (PREMIUMV2_LRS), data-2 (ultrassd_lrs).',
    },
  ],
  [
    'an Ultra disk that only the VM tells',
    {
      disks: fact(disks(1).map((disk) => ({ ...disk, storageType: 'UltraSSD_LRS' }))),
      diskResources: unread,
      ...underStandard,
    },
    fails,
  ],
  [
    'a disk that was converted since the VM was read: the resource wins',
    {
      ...skus('Premium_LRS'),
      disks: fact(disks(1).map((disk) => ({ ...disk, storageType: 'UltraSSD_LRS' }))),
      ...underStandard,
    },
    either,
  ],
  [
    'an Ultra disk without an item, and a Standard policy of the default name (ruling 25)',
    { ...skus('UltraSSD_LRS'), ...intendedStandard() },
    {
      ...failsIntended,
      message:
        'Policy EnhancedPolicy, which the VM would get, is a Standard one; these disks need an Enhanced policy: data-0 (UltraSSD_LRS).',
    },
  ],
  [
    'such a VM, where the vault has an Enhanced policy of another name',
    {
      ...skus('UltraSSD_LRS'),
      ...intendedStandard({ ...daily, name: 'gold-v2' }, { ...daily, name: 'bronze-v2' }),
    },
    {
      ...failsIntended,
      fix: {
        text: 'Protect the VM with an Enhanced policy such as bronze-v2, or name one in defaultPolicyName.',
        commands: [
          'az backup policy list --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --policy-sub-type Enhanced --workload-type VM',
          'az backup protection enable-for-vm --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --vm /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-pay-01 --policy-name bronze-v2',
        ],
      },
    },
  ],
  [
    'an Ultra disk without an item, and an Enhanced policy of the default name',
    { ...skus('UltraSSD_LRS'), ...intended(daily) },
    enhanced,
  ],
  [
    'an Ultra disk without an item, and a vault without a policy of the default name (ruling 25)',
    { ...skus('UltraSSD_LRS'), ...intended() },
    {
      ...enhanced,
      message: `Policy ${templatePolicy.name} is an Enhanced one, which takes every kind of managed disk.`,
    },
  ],
  ['an Ultra disk and no vault that could be used', { ...skus('UltraSSD_LRS'), ...noVaultLeft }, enhanced],
  [
    'an Ultra disk of an item without a policy (ruling 36)',
    { ...skus('UltraSSD_LRS'), policy: fact('none') },
    { outcome: 'notApplicable', message: 'The item has no policy: protection is stopped.' },
  ],
  ['ordinary disks of an item without a policy', { policy: fact('none') }, either],
  [
    'an Ultra disk and a policy that may not be read',
    { ...skus('UltraSSD_LRS'), policy: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'an Ultra disk and a policy that does not tell its kind',
    { ...skus('UltraSSD_LRS'), policy: fact(ofUnknownKind) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'an Ultra disk and items that may not be read',
    { ...skus('UltraSSD_LRS'), items: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['ordinary disks and a policy that may not be read', { policy: unread }, either],
  [
    'a SKU that the support matrix does not list, under a Standard policy',
    { ...skus('Quantum_LRS'), ...underStandard },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'The support matrix does not say anything about SKU Quantum_LRS of disk data-0.',
    },
  ],
  [
    'a SKU that only ends like one that needs an Enhanced policy',
    { ...skus('MyUltraSSD_LRS'), ...underStandard },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a SKU that only ends like an ordinary one',
    { ...skus('NotStandard_LRS'), ...underStandard },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a SKU that only begins like an ordinary one',
    { ...skus('Premium_LRS_Gen9'), ...underStandard },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['such a SKU under an Enhanced policy', skus('Quantum_LRS'), enhanced],
  [
    'such a SKU and a policy that may not be read',
    { ...skus('Quantum_LRS'), policy: unread },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'such a SKU beside an Ultra disk, under a Standard policy',
    { ...skus('Quantum_LRS', 'UltraSSD_LRS'), ...underStandard },
    {
      ...fails,
      message: 'Policy DefaultPolicy is a Standard one; these disks need an Enhanced policy: data-1 (UltraSSD_LRS).',
    },
  ],
  [
    'a SKU that neither the disk nor the VM tells',
    { disks: fact(disks(1)), diskResources: diskResources(diskResource('os'), untold('data-0')), ...underStandard },
    { outcome: 'unknown', cause: 'not-reported', message: 'Azure does not tell the SKU of disk data-0.' },
  ],
  [
    'a disk whose resource could not be read, of a deallocated VM',
    { disks: fact(disks(1)), diskResources: diskResources(diskResource('os')), ...underStandard },
    { outcome: 'unknown', cause: gap.cause, message: gap.detail },
  ],
  [
    'an unmanaged disk, which has no SKU of its own',
    { disks: fact([{ name: 'blob', role: 'os', unmanaged: true }]), ...underStandard },
    either,
  ],
  ['disks that may not be read', { disks: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
