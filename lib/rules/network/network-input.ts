import { armId } from '../../domain/ids.ts';
import { idOf, nameOf } from './reference.ts';
import { at, isRow, listAt, textAt } from './row.ts';

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
  /** The vault that a workload backup uses; absent if its access is not to be judged. */
  readonly vault?: unknown;
  readonly privateEndpoints?: unknown;
  readonly privateDnsZoneLinks?: unknown;
  readonly serviceTagData?: unknown;
  /** `{ protectedItem, lastJob }`: what the last backup says about the network. */
  readonly evidence?: unknown;
}

/** All interfaces of the VM, the one to judge first. */
export interface NicChoice {
  readonly judged: NicRows;
  readonly others: readonly NicRows[];
  /** Name of the judged interface. */
  readonly name: string | undefined;
}

/**
 * Picks the interface that carries the VM's outbound traffic: the one that the VM marks primary, else the one that says
 * so itself, else the first.
 */
export function chooseNic(input: NetworkInput): NicChoice {
  const all: readonly NicRows[] = [input, ...(listAt(input, 'otherNics') ?? []).filter(isRow)];
  const marked = primaryIdOf(input.vm);
  if (marked !== undefined) {
    const judged = all.find(({ nic }) => idOf(nic) === armId(marked));
    return {
      judged: judged ?? {},
      others: all.filter((rows) => rows !== judged),
      name: nameOf(judged?.nic ?? { id: marked }),
    };
  }
  const judged = all.find(({ nic }) => at(nic, 'properties', 'primary') === true) ?? input;
  return { judged, others: all.filter((rows) => rows !== judged), name: nameOf(judged.nic) };
}

/** Rows of all interfaces but one; `undefined` if the others could not be read. */
export function otherNicRows(input: NetworkInput, rows: NicRows): readonly unknown[] | undefined {
  if (input.otherNics === null) {
    return undefined;
  }
  const all = [input, ...(listAt(input, 'otherNics') ?? [undefined])];
  return all.filter((each) => each !== rows).map((each) => at(each, 'nic'));
}

function primaryIdOf(vm: unknown): string | undefined {
  const nics = listAt(vm, 'properties', 'networkProfile', 'networkInterfaces') ?? [];
  const primary = nics.find((nic) => at(nic, 'properties', 'primary') === true);
  return textAt(primary ?? (nics.length === 1 ? nics[0] : undefined), 'id');
}
