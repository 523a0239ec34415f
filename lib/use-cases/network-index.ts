import type { Fact } from '../domain/fact.ts';
import { type ArmId, resourceTypeOf, subscriptionOf } from '../domain/ids.ts';
import type { NetworkInput, NicRows } from '../domain/network-rows.ts';
import type { Surroundings } from '../domain/surroundings.ts';
import { isId, type Reference, vnetOfSubnet } from '../rules/network/reference.ts';
import { at } from '../rules/network/row.ts';
import type { Interfaces, NetworkRules } from './ports.ts';
import type { SurroundingsReading } from './read-surroundings.ts';
import { peersOf, referencesOfNic, referencesOfSubnet, subnetsOf } from './references.ts';

/** The parts of the input that all interfaces in a subnet share. */
type Place = Pick<
  NetworkInput,
  'subnet' | 'subnetNsg' | 'routeTable' | 'vnet' | 'adminRules' | 'gateways' | 'natGateway'
>;

/** An interface with its place and its balancers. */
export interface NicPlace {
  readonly rows: NicRows;
  readonly place: Place;
  readonly loadBalancers?: readonly unknown[];
  readonly isPrimary: boolean;
}

const typesOfGateways = ['microsoft.network/virtualnetworkgateways', 'microsoft.network/virtualhubs'];

/** The place of an interface whose subnet was not read. */
const nowhere: Place = {
  subnet: null,
  subnetNsg: null,
  routeTable: null,
  vnet: null,
  adminRules: null,
  gateways: null,
};
const unreadNic: NicRows = { nic: null, nicNsg: null };
const noOthers: readonly unknown[] = [];
const noIds: readonly ArmId[] = [];

/** A row that something may refer to: `null` where there is none or it was not read. */
function rowOf(reference: Reference, rows: ReadonlyMap<ArmId, unknown>): unknown {
  return (isId(reference) ? rows.get(reference) : undefined) ?? null;
}

/** Lists by their members, so that equal lists are the same object. */
class SharedLists {
  readonly #lists = new Map<string, readonly unknown[]>();

  of(ids: readonly ArmId[], rows: ReadonlyMap<ArmId, unknown>): readonly unknown[] {
    const key = ids.join('|');
    const list = this.#lists.get(key) ?? ids.flatMap((id) => rows.get(id) ?? []);
    this.#lists.set(key, list);
    return list;
  }
}

/**
 * Puts the input of the network rules together, by reference: rows that VMs have in common are the same objects, by which
 * the rules know what they judged already.
 */
export class NetworkIndex {
  /** Shared by all VMs whose input this index makes. */
  readonly sweep = {};
  readonly #nics = new Map<ArmId, NicPlace>();
  readonly #common: Partial<NetworkInput>;

  constructor({ surroundings, unlooked }: SurroundingsReading, rules: Fact<NetworkRules>) {
    const byType = Map.groupBy(surroundings.networkRows, ([id]) => resourceTypeOf(id));
    const ofType = (type: string) => (unlooked ? null : (byType.get(type) ?? []).map(([, row]) => row));
    this.#common = {
      azureFirewalls: ofType('microsoft.network/azurefirewalls'),
      firewallPolicies: ofType('microsoft.network/firewallpolicies'),
      firewallRuleCollectionGroups: rules.kind === 'known' ? rules.value.firewallRuleCollectionGroups : null,
      privateEndpoints: ofType('microsoft.network/privateendpoints'),
      privateDnsZoneLinks: ofType('microsoft.network/privatednszones/virtualnetworklinks'),
    };
    const gateways = unlooked ? null : typesOfGateways.flatMap((type) => byType.get(type) ?? []);
    this.#putNics(surroundings, this.#placesOf(surroundings, rules, gateways));
  }

  /** The place of an interface; `undefined` if it was not read. */
  placeOf(nic: ArmId): NicPlace | undefined {
    return this.#nics.get(nic);
  }

  /**
   * The input of a VM. Its primary interface stands in front; one that was not read is `null`. `only`: the place of the
   * only interface, of VMs that have but one.
   */
  inputOf(
    region: string,
    interfaces: Interfaces,
    evidence: NetworkInput['evidence'],
    only: NicPlace | undefined,
  ): NetworkInput {
    const first = this.#firstOf(interfaces);
    const nic = only ?? (first === undefined ? undefined : this.#nics.get(first));
    const others = interfaces.ids.length > 1 ? interfaces.ids.filter((id) => id !== first) : noIds;
    const place = nic?.place ?? nowhere;
    const rows = nic?.rows ?? unreadNic;
    const common = this.#common;
    // Member by member: it is made for every VM, and the rules read it fastest if it always has the same shape.
    return {
      region,
      vm: only ? interfaces.rowAside : interfaces.row,
      sweep: this.sweep,
      nic: rows.nic,
      nicNsg: rows.nicNsg,
      subnet: place.subnet,
      subnetNsg: place.subnetNsg,
      routeTable: place.routeTable,
      otherNics: others.length > 0 ? others.map((id) => this.#nics.get(id)?.rows ?? null) : noOthers,
      vnet: place.vnet,
      adminRules: place.adminRules,
      gateways: place.gateways,
      natGateway: place.natGateway,
      loadBalancers: nic?.loadBalancers,
      azureFirewalls: common.azureFirewalls,
      firewallRuleCollectionGroups: common.firewallRuleCollectionGroups,
      firewallPolicies: common.firewallPolicies,
      privateEndpoints: common.privateEndpoints,
      privateDnsZoneLinks: common.privateDnsZoneLinks,
      evidence,
    };
  }

  #firstOf({ ids, primary }: Interfaces): ArmId | undefined {
    return ids.length > 1 ? (primary ?? ids.find((id) => this.#nics.get(id)?.isPrimary) ?? ids[0]) : ids[0];
  }

  #placesOf(
    { networkRows }: Surroundings,
    rules: Fact<NetworkRules>,
    gateways: readonly (readonly [ArmId, unknown])[] | null,
  ): (subnet: Reference) => Place {
    const places = new Map<ArmId, Place>();
    for (const [vnetId, vnet] of networkRows) {
      // Security groups, route tables and NAT gateways list the subnets that use them.
      if (resourceTypeOf(vnetId) !== 'microsoft.network/virtualnetworks') {
        continue;
      }
      const around = new Set([vnetId, ...peersOf(vnet)].map(subscriptionOf));
      const near = gateways?.filter(([id]) => around.has(subscriptionOf(id))).map(([, row]) => row) ?? null;
      const adminRules = rules.kind === 'known' ? rules.value.adminRules.get(vnetId) : null;
      for (const [id, subnet] of subnetsOf(vnet)) {
        const { networkSecurityGroup, routeTable, natGateway } = referencesOfSubnet(subnet);
        places.set(id, {
          subnet,
          vnet,
          subnetNsg: rowOf(networkSecurityGroup, networkRows),
          routeTable: rowOf(routeTable, networkRows),
          natGateway: rowOf(natGateway, networkRows),
          gateways: near,
          ...(adminRules === undefined ? {} : { adminRules }),
        });
      }
    }
    return (subnet) => {
      const place = isId(subnet) ? places.get(subnet) : undefined;
      const vnet = isId(subnet) ? networkRows.get(vnetOfSubnet(subnet)) : undefined;
      return place ?? { ...nowhere, ...(vnet === undefined ? {} : { vnet }) };
    };
  }

  #putNics(surroundings: Surroundings, placeOf: (subnet: Reference) => Place): void {
    const { networkRows } = surroundings;
    const lists = new SharedLists();
    for (const [id, nic] of surroundings.nics) {
      const { networkSecurityGroup, subnet, loadBalancers } = referencesOfNic(nic);
      const place = placeOf(subnet);
      this.#nics.set(id, {
        place,
        rows: {
          nic: nic.row,
          nicNsg: rowOf(networkSecurityGroup, networkRows),
          subnet: place.subnet,
          subnetNsg: place.subnetNsg,
          routeTable: place.routeTable,
        },
        isPrimary: at(nic.row, 'properties', 'primary') === true,
        ...(loadBalancers.length > 0 ? { loadBalancers: lists.of(loadBalancers, networkRows) } : {}),
      });
    }
  }
}
