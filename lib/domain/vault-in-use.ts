import type { UnknownBecause } from './fact.ts';
import type { FactSheet } from './fact-sheet.ts';
import type { Machine } from './machine.ts';
import { untilOthers } from './memo.ts';
import { type ItemInventory, judgedItem, type Vault, type VaultInventory } from './protection.ts';
import type { JudgementSettings } from './settings.ts';
import { holdingVault, vaultToUse } from './vault-funnel.ts';

/** The vault that is judged, or why it cannot be. */
type VaultInUse =
  | { readonly kind: 'known'; readonly vault: Vault }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

/** Whether a vault is in use for the VM, as far as items were seen (ruling 2). */
export function hasVaultInUse({ items }: Pick<FactSheet, 'items'>): true | string {
  return items.kind === 'unknown' || judgedItem(items.value) !== undefined || 'No vault holds an item of this VM.';
}

/** Whether the VM still needs a vault, as far as items were seen (ruling 1). */
export function needsVault({ items }: Pick<FactSheet, 'items'>): true | string {
  const item = items.kind === 'known' ? judgedItem(items.value) : undefined;
  return item === undefined || `Vault ${item.vaultName} holds an item of this VM already.`;
}

/** The vault that holds the judged item, and no other (ruling 2). */
export const vaultInUse = untilOthers((items: ItemInventory, inventory: VaultInventory): VaultInUse => {
  const vault = holdingVault(items, inventory);
  const name = judgedItem(items)?.vaultName ?? 'none';
  const detail = `The vault that holds the item could not be read: ${name}.`;
  return vault ? { kind: 'known', vault } : { kind: 'unknown', because: { cause: 'partial-inventory', detail } };
});

/** The vault in use, else the one that the VM would get; `none` if there is no such vault. */
export function vaultInQuestion(
  vm: Machine,
  { items, vaults, loads }: Pick<FactSheet, 'items' | 'vaults' | 'loads'>,
  settings: JudgementSettings,
): VaultInUse | { readonly kind: 'none' } {
  if (items.kind === 'unknown') {
    return items;
  }
  if (vaults.kind === 'unknown') {
    return vaults;
  }
  if (judgedItem(items.value)) {
    return vaultInUse(items.value, vaults.value);
  }
  const vault = vaultToUse(vm, vaults.value, settings, loads);
  if (vault) {
    return { kind: 'known', vault };
  }
  const { gap } = vaults.value;
  return gap ? { kind: 'unknown', because: gap } : { kind: 'none' };
}

/** One value of each vault for the evidence, for example `rsv-a (GeoRedundant), rsv-b (not reported)`. */
export function valuePerVault({ vaults }: VaultInventory, pick: (vault: Vault) => string | number | undefined): string {
  return vaults
    .map((vault) => `${vault.name} (${pick(vault) ?? 'not reported'})`)
    .toSorted()
    .join(', ');
}
