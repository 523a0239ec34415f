import { type BackupPolicy, templatePolicy } from './backup-policy.ts';
import type { UnknownBecause } from './fact.ts';
import type { FactSheet } from './fact-sheet.ts';
import { armId } from './ids.ts';
import { untilOthers } from './memo.ts';
import { judgedItem, type Vault } from './protection.ts';
import type { JudgementSettings } from './settings.ts';
import { vaultToUse } from './vault-funnel.ts';

/** The policy that the policy rules judge. */
export type PolicyInQuestion =
  /** The policy of the item, or the one that Backstop would create. */
  | { readonly kind: 'assigned' | 'template'; readonly policy: BackupPolicy }
  /** The policy that the VM would get, in the vault that it would get. */
  | { readonly kind: 'intended'; readonly policy: BackupPolicy; readonly vault: Vault }
  /** An item without a policy: protection is stopped (ruling 36). */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

type Needed = Pick<FactSheet, 'vm' | 'vaults' | 'items' | 'policy' | 'policies' | 'loads'>;

/** The policy of the judged item, or the one that a VM without an item would get (ruling 25). */
export const policyInQuestion = untilOthers((sheet: Needed, settings: JudgementSettings): PolicyInQuestion => {
  const { items, policy } = sheet;
  if (items.kind === 'unknown') {
    return items;
  }
  if (judgedItem(items.value)) {
    if (policy.kind === 'unknown') {
      return policy;
    }
    return policy.value === 'none' ? { kind: 'none' } : { kind: 'assigned', policy: policy.value };
  }
  return intendedPolicy(sheet, settings);
});

function intendedPolicy({ vm, vaults, policies, loads }: Needed, settings: JudgementSettings): PolicyInQuestion {
  if (vm.kind === 'unknown') {
    return vm;
  }
  if (vaults.kind === 'unknown') {
    return vaults;
  }
  const vault = vaultToUse(vm.value, vaults.value, settings, loads);
  if (!vault) {
    return { kind: 'template', policy: templatePolicy };
  }
  if (policies.kind === 'unknown') {
    return policies;
  }
  const policy = policies.value.get(armId(`${vault.key}/backuppolicies/${settings.defaultPolicyName}`));
  return policy ? { kind: 'intended', policy, vault } : { kind: 'template', policy: templatePolicy };
}
