import type { ArmId } from '../../domain/ids.ts';
import { parseAddress } from './cidr.ts';
import { idOf, isId, type Reference, referenceAt } from './reference.ts';
import { at, isRow, listAt, textAt, wordAt } from './row.ts';
import { oncePerRow } from './row-memo.ts';

/** What a network interface says about where its traffic comes from and how it may leave. */
export interface Nic {
  /** Private IPv4 address of the primary configuration: rules see it before address translation. */
  readonly address?: number;
  readonly applicationSecurityGroups: readonly ArmId[];
  readonly networkSecurityGroup: Reference;
  readonly hasPublicIp: boolean;
  readonly backendPools: readonly ArmId[];
  /** `defaultOutboundConnectivityEnabled`: whether it holds a default outbound address now. */
  readonly defaultOutbound?: boolean;
  readonly dnsServers: readonly unknown[];
}

/** Reads a network interface; `undefined` if its row is missing or lacks what every interface has. */
export const readNic = oncePerRow((raw): Nic | undefined => {
  const properties = at(raw, 'properties');
  const configurations = listAt(properties, 'ipConfigurations');
  const dnsServers = listAt(properties, 'dnsSettings', 'dnsServers');
  const defaultOutbound = at(properties, 'defaultOutboundConnectivityEnabled') ?? undefined;
  if (!isRow(properties) || !configurations?.length || !dnsServers) {
    return undefined;
  }
  if (defaultOutbound !== undefined && typeof defaultOutbound !== 'boolean') {
    return undefined;
  }
  const groups: ArmId[] = [];
  const pools: ArmId[] = [];
  let hasPublicIp = false;
  // One after the other without lists in between: it is done for every VM.
  for (const each of configurations) {
    const configuration = at(each, 'properties');
    const publicIp = referenceAt(configuration, 'publicIPAddress');
    const isRead =
      isRow(configuration) &&
      publicIp !== 'unreadable' &&
      addIds(configuration, 'applicationSecurityGroups', groups) &&
      addIds(configuration, 'loadBalancerBackendAddressPools', pools);
    if (!isRead) {
      return undefined;
    }
    hasPublicIp ||= isId(publicIp);
  }
  const address = primaryAddress(configurations);
  return {
    ...(address === undefined ? {} : { address }),
    applicationSecurityGroups: groups,
    networkSecurityGroup: referenceAt(properties, 'networkSecurityGroup'),
    hasPublicIp,
    backendPools: pools,
    ...(defaultOutbound === undefined ? {} : { defaultOutbound }),
    dnsServers,
  };
});

/** The address of the first IPv4 configuration that is primary, or of the first one. */
function primaryAddress(configurations: readonly unknown[]): number | undefined {
  let primary: unknown;
  for (const each of configurations) {
    const configuration = at(each, 'properties');
    if (wordAt(configuration, 'privateIPAddressVersion') === 'ipv6') {
      continue;
    }
    if (at(configuration, 'primary') === true) {
      primary = configuration;
      break;
    }
    primary ??= configuration;
  }
  return parseAddress(textAt(primary, 'privateIPAddress') ?? '');
}

/** Adds the ids that a configuration lists under a name, lower-cased; `false` if an entry has none. */
function addIds(configuration: unknown, name: string, ids: ArmId[]): boolean {
  for (const entry of listAt(configuration, name) ?? [undefined]) {
    const id = idOf(entry);
    if (id === undefined) {
      return false;
    }
    ids.push(id);
  }
  return true;
}
