import { poolEgress } from './load-balancer.ts';
import { type Nic, readNic } from './nic.ts';
import { idOf, isReadable, type Reference } from './reference.ts';
import { at, isRow, listAt } from './row.ts';
import type { Subnet } from './subnet.ts';
import type { Egress, MissingPart, Reason } from './verdict.ts';

/** The way out of the network when the next hop is `Internet`. */
export type WayOut =
  | { readonly kind: 'open'; readonly egress: Egress; readonly note?: EgressNote }
  | { readonly kind: 'unknown'; readonly reason: Reason; readonly missing?: MissingPart }
  | { readonly kind: 'none'; readonly isPrivateSubnet: boolean };

/** What a reader should know about a way out that is open today. */
export type EgressNote = 'DEFAULT_OUTBOUND_UNTIL_DEALLOCATED' | 'DEFAULT_OUTBOUND_IMPLICIT';

/** The rows that a way out depends on; an absent list means that there is nothing of the kind. */
export interface EgressRows {
  readonly vm?: unknown;
  readonly otherNics: readonly unknown[] | undefined;
  readonly natGateway?: unknown;
  readonly loadBalancers?: unknown;
}

type Step = (nic: Nic, subnet: Subnet, rows: EgressRows) => WayOut | undefined;

/** In Azure's order of precedence; the first that has an answer decides (default outbound access, Load Balancer pages). */
const steps: readonly Step[] = [
  (_, subnet, { natGateway }) => natGatewayEgress(subnet.natGateway, natGateway),
  (nic) => (nic.hasPublicIp ? { kind: 'open', egress: 'publicIp' } : undefined),
  (nic, _, { loadBalancers }) => {
    switch (poolEgress(nic.backendPools, loadBalancers)) {
      case 'outbound':
        return { kind: 'open', egress: 'loadBalancer' };
      case 'unresolved':
        return { kind: 'unknown', reason: 'EGRESS_LB_UNRESOLVED' };
      default:
        return undefined;
    }
  },
  (_, __, { otherNics }) => otherNicEgress(otherNics),
  (nic, subnet, { vm, loadBalancers }) => {
    const membership = scaleSetMembership(vm);
    if (membership === 'unreadable') {
      return missing('vm');
    }
    const isFlexible = membership === 'member';
    const isStandard = poolEgress(nic.backendPools, loadBalancers) === 'standardWithoutOutbound';
    return isFlexible || isStandard ? noWayOut(subnet) : undefined;
  },
  (nic) =>
    nic.defaultOutbound === true
      ? { kind: 'open', egress: 'defaultOutbound', note: 'DEFAULT_OUTBOUND_UNTIL_DEALLOCATED' }
      : undefined,
  (_, subnet) => (subnet.defaultOutboundAccess === false ? noWayOut(subnet) : undefined),
  (nic) => (nic.defaultOutbound === false ? { kind: 'unknown', reason: 'EGRESS_PENDING_DEALLOCATION' } : undefined),
  (_, subnet) => (typeof (subnet.defaultOutboundAccess ?? true) === 'boolean' ? undefined : missing('subnet')),
];

/** How this interface reaches the Internet, if its route leads there. */
export function wayOut(nic: Nic | undefined, subnet: Subnet | undefined, rows: EgressRows): WayOut {
  if (!nic || !subnet) {
    return missing(nic ? 'subnet' : 'nic');
  }
  for (const step of steps) {
    const way = step(nic, subnet, rows);
    if (way) {
      return way;
    }
  }
  return { kind: 'open', egress: 'defaultOutbound', note: 'DEFAULT_OUTBOUND_IMPLICIT' };
}

function missing(part: MissingPart): WayOut {
  return { kind: 'unknown', reason: 'DATA_MISSING', missing: part };
}

function noWayOut(subnet: Subnet): WayOut {
  return { kind: 'none', isPrivateSubnet: subnet.defaultOutboundAccess === false };
}

/** A gateway whose row was not loaded counts as one with an address; only IPv4 addresses help. */
function natGatewayEgress(reference: Reference, raw: unknown): WayOut | undefined {
  if (reference === 'none') {
    return undefined;
  }
  const isLoaded =
    raw !== undefined && raw !== null && (reference === 'unreadable' || (idOf(raw) ?? reference) === reference);
  if (isLoaded && !isReadable(raw)) {
    return missing('natGateway');
  }
  const addresses = ['publicIpAddresses', 'publicIpPrefixes'].flatMap((name) => listAt(raw, 'properties', name) ?? []);
  return !isLoaded || addresses.length > 0
    ? { kind: 'open', egress: 'natGateway' }
    : { kind: 'unknown', reason: 'NAT_GATEWAY_WITHOUT_IP' };
}

/** Whether a VM belongs to a flexible scale set; without its row it counts as none. */
export function scaleSetMembership(vm: unknown): 'member' | 'none' | 'unreadable' {
  if (vm !== undefined && !isReadable(vm)) {
    return 'unreadable';
  }
  return isRow(at(vm, 'properties', 'virtualMachineScaleSet')) ? 'member' : 'none';
}

/** A public address on another interface: whether it suspends default outbound access is unconfirmed. */
function otherNicEgress(rows: readonly unknown[] | undefined): WayOut | undefined {
  switch (publicIpOnOthers(rows)) {
    case 'yes':
      return { kind: 'unknown', reason: 'EGRESS_ON_OTHER_NIC' };
    case 'unread':
      return missing('otherNics');
    default:
      return undefined;
  }
}

/** Whether one of the other interfaces of a VM has a public address. */
export function publicIpOnOthers(rows: readonly unknown[] | undefined): 'yes' | 'no' | 'unread' {
  const others = rows?.map(readNic);
  if (others?.some((nic) => nic?.hasPublicIp)) {
    return 'yes';
  }
  return others?.every((nic) => nic !== undefined) ? 'no' : 'unread';
}
