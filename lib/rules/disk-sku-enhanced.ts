import {
  type AttachedDisk,
  type DiskInventory,
  managedDisks,
  readableDisks,
  whyUntold,
} from '../domain/disk-resource.ts';
import { enhancedOrNot } from '../domain/enhanced-policy.ts';
import { enhancedTarget } from '../domain/enhanced-target.ts';
import type { UnknownBecause } from '../domain/fact.ts';
import { policyInQuestion } from '../domain/intended-policy.ts';
import { judgedItem } from '../domain/protection.ts';
import { defineRule, notApplicable } from '../domain/rule.ts';
import { isOneOf } from '../domain/word.ts';

const forEitherPolicy = ['Premium_LRS', 'StandardSSD_LRS', 'Standard_LRS', 'Premium_ZRS', 'StandardSSD_ZRS'];

/** What the support matrix says about a SKU. */
function demandOf(sku: string): 'enhanced' | 'any' | 'unlisted' {
  if (isOneOf(sku, forEitherPolicy)) {
    return 'any';
  }
  return /^(premiumv2|ultrassd)_/i.test(sku) ? 'enhanced' : 'unlisted';
}

/** The disk resource says it better than the VM, which leaves it out while it is deallocated. */
function skuOf({ resource, storageType }: AttachedDisk): string {
  return resource?.sku ?? storageType ?? '';
}

/** Why a SKU does not tell which policy it needs; `undefined` if it does. */
function doubtOf(disk: AttachedDisk, inventory: DiskInventory): UnknownBecause | undefined {
  const sku = skuOf(disk);
  if (sku === '') {
    return whyUntold(disk, 'SKU', inventory);
  }
  return demandOf(sku) === 'unlisted'
    ? {
        cause: 'not-reported',
        detail: `The support matrix does not say anything about SKU ${sku} of disk ${disk.name}.`,
      }
    : undefined;
}

export const diskSkuEnhanced = defineRule({
  id: 'disk-sku-enhanced',
  title: 'Ultra and Premium SSD v2 disks are under an Enhanced policy',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'Standard HDD, Standard SSD and Premium SSD, with ZRS or LRS, can be backed up with either policy; Ultra and Premium SSD v2 disks only with an Enhanced one, and without file-level restore. Without an item the policy is judged that the VM would get.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'Back up an Azure VM by using the Enhanced policy, 2025-06-11 (where Resource Graph has the kind of a policy is unconfirmed)',
  ],
  reviewed: '2026-11-21',
  needs: {
    disks: (disks) => ({
      storageAccountType: disks.map(({ name, storageType }) => `${name}: ${storageType ?? 'not told'}`).join(', '),
    }),
  },
  pass: {
    EitherPolicy: 'The disks of the VM can be backed up with either kind of policy.',
    EnhancedPolicy: 'Policy {policy} is an Enhanced one, which takes every kind of managed disk.',
  },
  fail: {
    StandardPolicy: 'Policy {policy} is a Standard one; these disks need an Enhanced policy: {disks}.',
    StandardPolicyIntended:
      'Policy {policy}, which the VM would get, is a Standard one; these disks need an Enhanced policy: {disks}.',
  },
  remedies: {
    StandardPolicy: {
      text: 'Give the VM an Enhanced policy such as {enhanced}. There is no way back to a Standard one.',
      commands: [
        'az backup policy list --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} --policy-sub-type Enhanced --workload-type VM',
        'az backup item set-policy --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} -c {container} -n {item} -p {enhanced}',
      ],
    },
    StandardPolicyIntended: {
      text: 'Protect the VM with an Enhanced policy such as {enhanced}, or name one in defaultPolicyName.',
      commands: [
        'az backup policy list --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} --policy-sub-type Enhanced --workload-type VM',
        'az backup protection enable-for-vm --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} --vm {vmId} --policy-name {enhanced}',
      ],
    },
  },
  check({ disks }, { settings }, sheet) {
    const inventory = readableDisks(sheet.diskResources);
    const managed = managedDisks(disks, inventory);
    if (managed.every((disk) => demandOf(skuOf(disk)) === 'any')) {
      return { kind: 'pass', reason: 'EitherPolicy', details: {} };
    }
    const demanding = managed.filter((disk) => demandOf(skuOf(disk)) === 'enhanced');
    const [doubt] = managed.flatMap((disk) => doubtOf(disk, inventory) ?? []);
    const answer = enhancedOrNot(policyInQuestion(sheet, settings));
    if (answer.kind === 'none') {
      return notApplicable('The item has no policy: protection is stopped.');
    }
    if (answer.kind === 'enhanced') {
      return { kind: 'pass', reason: 'EnhancedPolicy', details: { policy: answer.policy.name } };
    }
    if (demanding.length === 0 && doubt) {
      return { kind: 'unknown', because: doubt };
    }
    if (answer.kind === 'unknown') {
      return answer;
    }
    const hasItem = sheet.items.kind === 'known' && judgedItem(sheet.items.value) !== undefined;
    return {
      kind: 'fail',
      reason: hasItem ? 'StandardPolicy' : 'StandardPolicyIntended',
      details: {
        policy: answer.policy.name,
        disks: demanding.map((disk) => `${disk.name} (${skuOf(disk)})`).join(', '),
      },
      commandDetails: enhancedTarget(sheet, settings),
    };
  },
});
