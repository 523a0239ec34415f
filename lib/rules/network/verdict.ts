import type { Destination } from './destination.ts';

/** Whether traffic gets through; `unknown` is a result, never a stand-in for one of the others. */
export type PathState = 'open' | 'blocked' | 'unknown';

/** Where rules are evaluated, in the order in which outbound traffic meets them. */
export type LayerName = 'adminRules' | 'nicNsg' | 'subnetNsg';

/** A part of the input without which nothing can be told. */
export type MissingPart =
  | LayerName
  | 'nic'
  | 'subnet'
  | 'vnet'
  | 'vm'
  | 'otherNics'
  | 'routeTable'
  | 'gateways'
  | 'natGateway'
  | 'vault'
  | 'privateEndpoints';

/** The rule that decides, as a reader finds it in the portal. `nsg` and `default` are absent for admin rules. */
export interface DecidingRule {
  readonly layer: LayerName;
  readonly name: string;
  readonly priority: number;
  readonly access: 'Allow' | 'Deny' | 'AlwaysAllow';
  readonly nsg?: string;
  readonly default?: boolean;
  readonly id?: string;
}

/** The route that decides. A user route is named with its table; the others are described by where they come from. */
export interface DecidingRoute {
  readonly source: 'user' | 'system' | 'serviceEndpoint' | 'bgp-possible' | 'gateway-default-site';
  readonly routeTable?: string;
  readonly name?: string;
  readonly addressPrefix?: string;
  readonly nextHopType: string;
  readonly nextHopIpAddress?: string;
}

/** By what the traffic leaves the network. */
export type Egress =
  | 'natGateway'
  | 'publicIp'
  | 'loadBalancer'
  | 'defaultOutbound'
  | 'storageSameRegion'
  | 'serviceEndpoint'
  | 'azureFirewall'
  | 'privateEndpoint';

export type Reason =
  | 'ADMIN_RULE_DENY'
  | 'ADMIN_RULE_PARTIAL'
  | 'NSG_DENY'
  | 'NSG_AMBIGUOUS'
  | 'NSG_PARTIAL'
  | 'ROUTE_NONE'
  | 'ROUTE_VIRTUAL_APPLIANCE'
  | 'ROUTE_GATEWAY'
  | 'ROUTE_VNETLOCAL'
  | 'ROUTE_UNSUPPORTED'
  | 'ROUTE_BGP_POSSIBLE'
  | 'ROUTE_MIXED'
  | 'FIREWALL_DENY_PRESENT'
  | 'FIREWALL_TLS_INSPECTION'
  | 'FIREWALL_NO_ALLOW_FOUND'
  | 'NAT_GATEWAY_WITHOUT_IP'
  | 'EGRESS_LB_UNRESOLVED'
  | 'EGRESS_ON_OTHER_NIC'
  | 'EGRESS_PENDING_DEALLOCATION'
  | 'NO_EGRESS'
  | 'STORAGE_EGRESS_UNDOCUMENTED'
  | 'VAULT_PUBLIC_ACCESS_DENIED'
  | 'PRIVATE_ENDPOINT_DNS_UNVERIFIED'
  | 'PRIVATE_ENDPOINT_STORAGE_UNVERIFIED'
  | 'DATA_MISSING';

/** A path that is not certainly open: why, and the rule, route, input part or resource that decides. */
export interface NotOpen {
  readonly verdict: 'blocked' | 'unknown';
  readonly reason: Reason;
  readonly decidingRule?: DecidingRule;
  readonly decidingRoute?: DecidingRoute;
  readonly missing?: MissingPart;
  readonly decidingResource?: 'vault' | 'privateEndpoint';
}

/** A path that is open: the rules that certainly let it through, its route, and the way out. */
export interface Open {
  readonly verdict: 'open';
  readonly reason: 'OPEN';
  readonly allowedBy: readonly DecidingRule[];
  readonly decidingRoute: DecidingRoute;
  readonly egress: Egress;
}

/** The path from the VM to one destination on TCP 443. */
export type PathVerdict = Open | NotOpen;

/** One verdict for each destination. */
export type PathVerdicts = Readonly<Record<Destination, PathVerdict>>;

/** A path that cannot be judged because a part of the input is not there. */
export function dataMissing(missing: MissingPart): NotOpen & { readonly missing: MissingPart } {
  return { verdict: 'unknown', reason: 'DATA_MISSING', missing };
}
