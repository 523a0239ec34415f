import { referenceAt, vnetOfSubnet } from './reference.ts';
import { at, listAt, wordAt } from './row.ts';
import type { MissingPart } from './verdict.ts';
import type { Vnet } from './vnet.ts';

/**
 * Whether a gateway may put a default route of its own in place of the system's: never, perhaps over BGP, or certainly
 * by its default site (forced tunnelling). What was learned over BGP is not in Resource Graph.
 */
export type LearnedDefault =
  | { readonly kind: 'none' | 'bgp' | 'defaultSite' }
  | { readonly kind: 'missing'; readonly part: MissingPart };

/**
 * Judges the gateways in the VM's network, and those of a peer whose gateways it uses. A peer of which no gateway is
 * visible may have one that teaches a default route.
 */
export function learnedDefault(vnet: Vnet | undefined, gateways: unknown, isPropagating: boolean): LearnedDefault {
  if (!isPropagating) {
    return { kind: 'none' };
  }
  if (!vnet) {
    return { kind: 'missing', part: 'vnet' };
  }
  const rows = gateways === undefined ? [] : gateways;
  if (!Array.isArray(rows)) {
    return { kind: 'missing', part: 'gateways' };
  }
  const kinds = [
    ...gatewaysOf(vnet.id, rows).map(kindOf),
    ...vnet.peerings
      .filter(({ usesRemoteGateways }) => usesRemoteGateways)
      .flatMap(({ remote }) => remoteKinds(remote, rows)),
  ];
  const worst = (['defaultSite', 'bgp', 'none'] as const).find((kind) => kinds.includes(kind));
  return { kind: worst ?? 'none' };
}

type GatewayKind = 'none' | 'bgp' | 'defaultSite';

function remoteKinds(remote: string, rows: readonly unknown[]): readonly GatewayKind[] {
  const kinds = gatewaysOf(remote, rows).map(kindOf);
  return kinds.length > 0 ? kinds : ['bgp'];
}

function kindOf(gateway: unknown): GatewayKind {
  if (referenceAt(gateway, 'properties', 'gatewayDefaultSite') !== 'none') {
    return 'defaultSite';
  }
  const isStatic =
    wordAt(gateway, 'properties', 'gatewayType') === 'vpn' && at(gateway, 'properties', 'enableBgp') !== true;
  // Everything else exchanges routes: ExpressRoute, VPN with BGP, Route Server (a virtual hub of that kind).
  return isStatic ? 'none' : 'bgp';
}

/** Gateways whose subnet is in a network; one whose subnet is not readable may be in any. */
function gatewaysOf(vnetId: string, rows: readonly unknown[]): readonly unknown[] {
  return rows.filter((row) => {
    const subnets = (listAt(row, 'properties', 'ipConfigurations') ?? [])
      .flatMap((each) => wordAt(each, 'properties', 'subnet', 'id') ?? [])
      .filter((id) => id.includes('/subnets/'));
    return subnets.length === 0 || subnets.some((subnet) => vnetOfSubnet(subnet) === vnetId);
  });
}
