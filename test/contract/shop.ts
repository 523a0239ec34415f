import { unknown } from '../../lib/domain/fact.ts';
import { armId, parseVmId, type VmAddress } from '../../lib/domain/ids.ts';
import type { Machine } from '../../lib/domain/machine.ts';
import type { Vault } from '../../lib/domain/protection.ts';
import { subscription, tenantId, vaultId, vmId } from './test-estate.ts';

/** The address of a VM by its id; fails for any other id. */
export function addressOf(id: string): VmAddress {
  const address = parseVmId(id);
  if (!address) throw new Error(`${id} is no VM`);
  return address;
}

/** Addresses of the VMs of the test estate. */
export const web1 = addressOf(vmId('web1'));
export const web2 = addressOf(vmId('web2'));

/** As much of a VM as it takes to ask for its item. */
export const machineOf = (address: VmAddress): Machine => ({
  ...address,
  tenantId,
  region: 'westeurope',
  vmId: 'guid',
  zones: [],
});

/** The vault of the test estate as the adapters tell it. */
export const shopVault: Vault = {
  id: vaultId(),
  key: armId(vaultId()),
  name: 'rsv-shop',
  resourceGroup: 'rg-backup',
  subscriptionId: subscription,
  tenantId,
  region: 'westeurope',
  provisioningState: 'Succeeded',
  locks: unknown('partial-inventory', 'The locks on the vault were not read.'),
  privateEndpoints: [],
};
