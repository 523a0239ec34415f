/**
 * One network interface with the rows it refers to. `null` for a row means: not readable if something refers to it,
 * else none.
 */
export interface NicRows {
  readonly nic?: unknown;
  readonly nicNsg?: unknown;
  readonly subnet?: unknown;
  readonly subnetNsg?: unknown;
  readonly routeTable?: unknown;
}

/**
 * What Resource Graph says about the network of one VM, as it says it. Of the optional parts, absent means that there
 * are none, and `null` that they could not be read. Nothing is trusted to have the shape that Azure documents.
 */
export interface NetworkInput extends NicRows {
  readonly region?: unknown;
  readonly vm?: unknown;
  /** The VM's other interfaces, as `NicRows`. */
  readonly otherNics?: unknown;
  readonly vnet?: unknown;
  /** Rows of `securityadminconfigurations/rulecollections/rules/snapshots` that apply to the virtual network. */
  readonly adminRules?: unknown;
  /** Virtual network gateways and Route Servers of the virtual network and of peers whose gateways it uses. */
  readonly gateways?: unknown;
  readonly natGateway?: unknown;
  readonly loadBalancers?: unknown;
  readonly azureFirewalls?: unknown;
  readonly firewallRuleCollectionGroups?: unknown;
  /** Rows of `microsoft.network/firewallpolicies`: they name their parent and all their groups. */
  readonly firewallPolicies?: unknown;
  /** The vault that a workload backup uses; absent if its access is not to be judged. */
  readonly vault?: unknown;
  readonly privateEndpoints?: unknown;
  readonly privateDnsZoneLinks?: unknown;
  readonly serviceTagData?: unknown;
  /** `{ protectedItem, lastJob }`: what the last backup says about the network. */
  readonly evidence?: unknown;
  /**
   * The same object for all VMs of one sweep: they share their judgements. Rows that VMs have in common are to be the same
   * objects then, or each VM is judged by itself.
   */
  readonly sweep?: object;
}
