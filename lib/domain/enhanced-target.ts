import type { BackupPolicy } from './backup-policy.ts';
import type { Fact } from './fact.ts';
import type { FactSheet } from './fact-sheet.ts';
import { type ArmId, subscriptionOf } from './ids.ts';
import { onceFor } from './memo.ts';
import { judgedItem } from './protection.ts';
import type { JudgementSettings } from './settings.ts';
import { vaultToUse } from './vault-funnel.ts';

/** The name under which Azure puts an Enhanced policy into every new vault (general knowledge, unconfirmed). */
const given = 'EnhancedPolicy';

/** Names for commands that give a VM an Enhanced policy; words in angle brackets stand for what cannot be named. */
export interface EnhancedTarget {
  readonly [name: string]: string;
  readonly targetSubscription: string;
  readonly targetResourceGroup: string;
  readonly targetVault: string;
  readonly enhanced: string;
}

const noVault: EnhancedTarget = {
  targetSubscription: '<subscription of the vault>',
  targetResourceGroup: '<resource group of the vault>',
  targetVault: '<vault to create first>',
  enhanced: given,
};

type Policies = Fact<ReadonlyMap<ArmId, BackupPolicy>>;

/** Names of Enhanced policies that were asked for, by vault: VMs that need one often share their vault. */
const namesIn = onceFor((_: ReadonlyMap<ArmId, BackupPolicy>) => new Map<ArmId, string>());

/** The Enhanced policy that Azure gives, if the vault still has it or nothing is known; else the first by name. */
function enhancedPolicyOf(vault: ArmId, policies: Policies): string {
  if (policies.kind === 'unknown') {
    return given;
  }
  const byVault = namesIn(policies.value);
  const name = byVault.get(vault) ?? nameAmong(vault, policies.value);
  byVault.set(vault, name);
  return name;
}

function nameAmong(vault: ArmId, policies: ReadonlyMap<ArmId, BackupPolicy>): string {
  const names = [...policies]
    .filter(([id, { subtype }]) => id.startsWith(`${vault}/`) && subtype === 'Enhanced')
    .map(([, { name }]) => name)
    .toSorted();
  return names.includes(given) ? given : (names[0] ?? given);
}

/** The vault that holds the VM, else the one that it would get, with an Enhanced policy of that vault. */
export function enhancedTarget(
  { vm, vaults, items, loads, policies }: Pick<FactSheet, 'vm' | 'vaults' | 'items' | 'loads' | 'policies'>,
  settings: JudgementSettings,
): EnhancedTarget {
  const item = items.kind === 'known' ? judgedItem(items.value) : undefined;
  if (item) {
    return {
      targetSubscription: subscriptionOf(item.vaultId) ?? noVault.targetSubscription,
      targetResourceGroup: item.vaultResourceGroup,
      targetVault: item.vaultName,
      enhanced: enhancedPolicyOf(item.vaultId, policies),
    };
  }
  const vault =
    vm.kind === 'known' && vaults.kind === 'known' ? vaultToUse(vm.value, vaults.value, settings, loads) : undefined;
  return vault
    ? {
        targetSubscription: vault.subscriptionId,
        targetResourceGroup: vault.resourceGroup,
        targetVault: vault.name,
        enhanced: enhancedPolicyOf(vault.key, policies),
      }
    : noVault;
}
