import type { NetworkInput } from '../../domain/network-rows.ts';
import type { EvidenceValues } from '../../domain/rule.ts';
import { judgedPaths } from './judged-network.ts';
import { chooseNic } from './network-input.ts';
import { pathValues } from './path-values.ts';
import { nameOf } from './reference.ts';

/** Groups, subnet and route table of the judged interface, and what decides each path, for the evidence of rules. */
export function pathNames(network: NetworkInput): EvidenceValues {
  return { ...groupNames(network), ...routeNames(network), ...pathValues(judgedPaths(network)) };
}

/** The network security groups of the judged interface, for the evidence of rules. */
export function groupNames(network: NetworkInput): EvidenceValues {
  const { judged } = chooseNic(network);
  return {
    'networkSecurityGroup (NIC)': nameOf(judged.nicNsg) ?? 'none',
    'networkSecurityGroup (subnet)': nameOf(judged.subnetNsg) ?? 'none',
  };
}

function routeNames(network: NetworkInput): EvidenceValues {
  const { judged } = chooseNic(network);
  return { subnet: nameOf(judged.subnet) ?? 'none', routeTable: nameOf(judged.routeTable) ?? 'none' };
}
