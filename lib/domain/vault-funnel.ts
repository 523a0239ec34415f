import { armId, resourceTypeOf } from './ids.ts';
import type { Machine } from './machine.ts';
import type { ItemInventory, Vault, VaultInventory } from './protection.ts';
import { judgedItem } from './protection.ts';
import type { JudgementSettings } from './settings.ts';

export const recoveryServicesVault = 'microsoft.recoveryservices/vaults';

/** Why a vault may not be used for a VM although it stands in the VM's region. */
export type OutOfScope = 'other-subscription' | 'other-tenant' | 'confidential-vm' | 'tenant-unknown';

/** Whether this VM may use this vault: same subscription always, another one of the tenant only on request. */
export function scopeOf(vm: Machine, vault: Vault, settings: JudgementSettings): 'allowed' | OutOfScope {
  if (vault.subscriptionId === vm.subscriptionId) {
    return 'allowed';
  }
  if (vault.tenantId === '' || vm.tenantId === '') {
    return 'tenant-unknown';
  }
  if (vault.tenantId !== vm.tenantId) {
    return 'other-tenant';
  }
  if (!settings.allowCrossSubscriptionVaults) {
    return 'other-subscription';
  }
  return vm.securityType?.toLowerCase() === 'confidentialvm' ? 'confidential-vm' : 'allowed';
}

/**
 * Vaults that are ready to take items and stand in the region of the VM: those of its own subscription before others, then
 * by id, whatever the order in which Azure lists them.
 */
export function vaultsInRegion(vm: Machine, inventory: VaultInventory): readonly Vault[] {
  return inventory.vaults
    .filter((vault) => vault.region === vm.region && vault.provisioningState === 'Succeeded')
    .toSorted(
      (a, b) =>
        Number(b.subscriptionId === vm.subscriptionId) - Number(a.subscriptionId === vm.subscriptionId) ||
        a.key.localeCompare(b.key),
    );
}

/** The vault that a VM without an item would get: the first one in its region that it may use. */
export function vaultToUse(vm: Machine, inventory: VaultInventory, settings: JudgementSettings): Vault | undefined {
  return vaultsInRegion(vm, inventory).find((vault) => scopeOf(vm, vault, settings) === 'allowed');
}

/** The vaults that the configuration names by id, and whether none of them is a Recovery Services vault. */
export function wrongKindOnly(settings: JudgementSettings): readonly string[] {
  const wrong = settings.expectedVaults.filter((id) => resourceTypeOf(id) !== recoveryServicesVault);
  return wrong.length === settings.expectedVaults.length ? wrong : [];
}

/** The vault that holds the judged item of a VM, as far as its row was read. */
export function holdingVault(items: ItemInventory, inventory: VaultInventory): Vault | undefined {
  const item = judgedItem(items);
  return item ? inventory.vaults.find((vault) => vault.key === armId(item.vaultId)) : undefined;
}
