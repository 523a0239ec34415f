import { type ArmId, armId } from '../domain/ids.ts';
import type { NicOfVm, Surroundings } from '../domain/surroundings.ts';
import { readNic } from '../rules/network/nic.ts';
import { isId, type Reference, referenceAt, vnetOfSubnet } from '../rules/network/reference.ts';
import { at, listAt } from '../rules/network/row.ts';
import type { MachineFacts } from './ports.ts';

/** What the row of a network interface refers to. */
export interface NicReferences {
  readonly networkSecurityGroup: Reference;
  readonly subnet: Reference;
  readonly loadBalancers: readonly ArmId[];
}

/** All addresses of an interface are in one subnet; the primary one tells which. */
export function referencesOfNic({ nic, row }: NicOfVm): NicReferences {
  const configurations = listAt(row, 'properties', 'ipConfigurations') ?? [];
  const primary = configurations.find((each) => at(each, 'properties', 'primary') === true) ?? configurations[0];
  const pools = nic.ipConfigurations.flatMap((each) => each.pools).filter((pool) => pool.includes('/loadbalancers/'));
  return {
    networkSecurityGroup: readNic(row)?.networkSecurityGroup ?? 'unreadable',
    subnet: referenceAt(primary, 'properties', 'subnet'),
    loadBalancers: [...new Set(pools.map(balancerOf))],
  };
}

/** `.../loadBalancers/lb/backendAddressPools/pool` is a part of the balancer. */
function balancerOf(pool: ArmId): ArmId {
  const [before = '', after = ''] = pool.split('/loadbalancers/');
  return armId(`${before}/loadbalancers/${after.split('/')[0]}`);
}

/** What the row of a subnet refers to. */
export interface SubnetReferences {
  readonly networkSecurityGroup: Reference;
  readonly routeTable: Reference;
  readonly natGateway: Reference;
}

export function referencesOfSubnet(row: unknown): SubnetReferences {
  return {
    networkSecurityGroup: referenceAt(row, 'properties', 'networkSecurityGroup'),
    routeTable: referenceAt(row, 'properties', 'routeTable'),
    natGateway: referenceAt(row, 'properties', 'natGateway'),
  };
}

/** The subnets that stand in the row of a virtual network, by their ids. */
export function subnetsOf(vnet: unknown): readonly (readonly [ArmId, unknown])[] {
  return (listAt(vnet, 'properties', 'subnets') ?? []).flatMap((subnet) => {
    const id = referenceAt({ subnet }, 'subnet');
    return isId(id) ? [[id, subnet] as const] : [];
  });
}

/** The networks to which the row of a virtual network is peered. */
export function peersOf(vnet: unknown): readonly ArmId[] {
  const peerings = listAt(vnet, 'properties', 'virtualNetworkPeerings') ?? [];
  return peerings.map((peering) => referenceAt(peering, 'properties', 'remoteVirtualNetwork')).filter(isId);
}

function referencesInNetwork(subnetId: Reference, { networkRows }: Surroundings): readonly Reference[] {
  const vnetId = isId(subnetId) ? vnetOfSubnet(subnetId) : undefined;
  const vnet = vnetId && networkRows.get(vnetId);
  const subnet = vnet && subnetsOf(vnet).find(([id]) => id === subnetId)?.[1];
  return [...(vnetId ? [vnetId] : []), ...(subnet ? Object.values(referencesOfSubnet(subnet)) : [])];
}

function referencesOfInterface(nic: NicOfVm, surroundings: Surroundings): readonly Reference[] {
  const { networkSecurityGroup, subnet, loadBalancers } = referencesOfNic(nic);
  const publicIps = nic.nic.ipConfigurations.flatMap(({ publicIp }) => (publicIp ? [publicIp.key] : []));
  return [networkSecurityGroup, ...loadBalancers, ...publicIps, ...referencesInNetwork(subnet, surroundings)];
}

/** Ids of everything that a VM refers to, directly or by what was read so far. */
export function referencesOfMachine(machine: MachineFacts, surroundings: Surroundings): readonly ArmId[] {
  const { vm, disks, interfaces } = machine;
  const diskIds = disks.kind === 'known' ? disks.value.flatMap(({ id }) => (id ? [id] : [])) : [];
  const nicIds = interfaces.kind === 'known' ? interfaces.value.ids : [];
  const nics = nicIds.flatMap((id) => surroundings.nics.get(id) ?? []);
  const encryptions = diskIds.flatMap((id) => surroundings.disks.get(id)?.diskEncryption ?? []);
  const references: readonly Reference[] = [
    ...diskIds,
    ...nicIds,
    vm.value.scaleSetId ?? 'none',
    ...encryptions.flatMap(({ secretVaults, keyVaults }) => [...secretVaults, ...keyVaults]),
    ...nics.flatMap((nic) => referencesOfInterface(nic, surroundings)),
  ];
  return [...new Set(references.filter(isId))];
}

/** Whether a resource was read, or is known to be missing. */
export function isSettled(id: ArmId, surroundings: Surroundings): boolean {
  const { disks, nics, publicIps, scaleSets, keyVaults, networkRows, missing } = surroundings;
  return [disks, nics, publicIps, scaleSets, keyVaults, networkRows, missing].some((map) => map.has(id));
}
