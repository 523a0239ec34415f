import type { NetworkInput } from '../../domain/network-rows.ts';
import { dnsState } from './dns.ts';
import { chooseNic } from './network-input.ts';
import { readNic } from './nic.ts';
import { isLinkedToBackupZone } from './vault-access.ts';
import { readVnet } from './vnet.ts';

/**
 * How a VM finds the addresses of a vault's private endpoint: by the private DNS zone of Azure Backup, not by it, or by DNS
 * servers whose records nobody sees from outside. `unread`: a row of the network is missing.
 */
type PrivateDns = 'linked' | 'notLinked' | 'ownServers' | 'unread';

/** Nothing is asked about rules here, so it does not matter where traffic comes from. */
const anySource = { addresses: [], applicationSecurityGroups: [] };

/** Reads how names of private endpoints resolve in the network of a VM. */
export function privateDns(input: NetworkInput): PrivateDns {
  const nic = readNic(chooseNic(input).judged.nic);
  const vnet = readVnet(input.vnet);
  if (!nic || !vnet || input.privateDnsZoneLinks === null) {
    return 'unread';
  }
  if (dnsState(nic, vnet, [], anySource) === 'custom') {
    return 'ownServers';
  }
  return isLinkedToBackupZone(input.privateDnsZoneLinks, vnet) ? 'linked' : 'notLinked';
}
