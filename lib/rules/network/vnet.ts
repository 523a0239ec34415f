import type { ArmId } from '../../domain/ids.ts';
import { type Cidr, ipv4Prefixes } from './cidr.ts';
import { idOf, isReadable, type Reference, referenceAt } from './reference.ts';
import { at, listAt, wordAt } from './row.ts';
import { oncePerRow } from './row-memo.ts';

/** A peering that carries traffic. */
export interface Peering {
  readonly remote: Reference;
  readonly usesRemoteGateways: boolean;
  readonly space: readonly Cidr[];
}

/** What a virtual network says about the paths of its VMs. */
export interface Vnet {
  readonly id: ArmId;
  readonly space: readonly Cidr[];
  readonly peerings: readonly Peering[];
  readonly dnsServers: readonly unknown[];
}

/** States in which a peering carries no traffic. */
const idleStates = ['disconnected', 'initiated'];

/** Reads a virtual network; `undefined` if its row is missing, or if it does not say what its address space is. */
export const readVnet = oncePerRow((raw): Vnet | undefined => {
  const id = idOf(raw);
  const prefixes = at(raw, 'properties', 'addressSpace', 'addressPrefixes');
  const space = Array.isArray(prefixes) ? ipv4Prefixes(prefixes) : undefined;
  const rows = listAt(raw, 'properties', 'virtualNetworkPeerings');
  const dnsServers = listAt(raw, 'properties', 'dhcpOptions', 'dnsServers');
  const peerings = rows
    ?.filter((row) => !idleStates.includes(wordAt(row, 'properties', 'peeringState') ?? ''))
    .map(readPeering);
  if (
    !isReadable(raw) ||
    !id?.includes('/virtualnetworks/') ||
    !space ||
    !dnsServers ||
    !peerings?.every((peering) => peering !== undefined)
  ) {
    return undefined;
  }
  return { id, space, peerings, dnsServers };
});

function readPeering(raw: unknown): Peering | undefined {
  const space = ipv4Prefixes(listAt(raw, 'properties', 'remoteAddressSpace', 'addressPrefixes') ?? [undefined]);
  if (!isReadable(raw) || !space) {
    return undefined;
  }
  return {
    remote: referenceAt(raw, 'properties', 'remoteVirtualNetwork'),
    usesRemoteGateways: at(raw, 'properties', 'useRemoteGateways') === true,
    space,
  };
}

/** Whether a network is the VM's own or peered with it. */
export function isInReach(vnet: Vnet, other: ArmId): boolean {
  return vnet.id === other || vnet.peerings.some(({ remote }) => remote === other);
}
