import type { NetworkInput } from '../../domain/network-rows.ts';
import type { EvidenceValues } from '../../domain/rule.ts';
import { chooseNic } from './network-input.ts';
import { nameOf } from './reference.ts';

/** The network security groups of the judged interface, for the evidence of rules. */
export function groupNames(network: NetworkInput): EvidenceValues {
  const { judged } = chooseNic(network);
  return {
    'networkSecurityGroup (NIC)': nameOf(judged.nicNsg) ?? 'none',
    'networkSecurityGroup (subnet)': nameOf(judged.subnetNsg) ?? 'none',
  };
}

/** Subnet and route table of the judged interface, for the evidence of rules. */
export function routeNames(network: NetworkInput): EvidenceValues {
  const { judged } = chooseNic(network);
  return { subnet: nameOf(judged.subnet) ?? 'none', routeTable: nameOf(judged.routeTable) ?? 'none' };
}
