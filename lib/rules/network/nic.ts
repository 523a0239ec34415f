import type { ArmId } from '../../domain/ids.ts';
import { parseAddress } from './cidr.ts';
import { idOf, isId, isReadable, type Reference, referenceAt } from './reference.ts';
import { at, listAt, textAt, wordAt } from './row.ts';

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
export function readNic(raw: unknown): Nic | undefined {
  const configurations = listAt(raw, 'properties', 'ipConfigurations');
  const dnsServers = listAt(raw, 'properties', 'dnsSettings', 'dnsServers');
  if (!isReadable(raw) || !configurations?.length || !configurations.every(isReadable) || !dnsServers) {
    return undefined;
  }
  const address = primaryAddress(configurations);
  const groups = idsOf(configurations, 'applicationSecurityGroups');
  const pools = idsOf(configurations, 'loadBalancerBackendAddressPools');
  const publicIps = configurations.map((each) => referenceAt(each, 'properties', 'publicIPAddress'));
  const defaultOutbound = at(raw, 'properties', 'defaultOutboundConnectivityEnabled') ?? undefined;
  if (
    publicIps.includes('unreadable') ||
    !groups ||
    !pools ||
    (defaultOutbound !== undefined && typeof defaultOutbound !== 'boolean')
  ) {
    return undefined;
  }
  return {
    ...(address === undefined ? {} : { address }),
    applicationSecurityGroups: groups,
    networkSecurityGroup: referenceAt(raw, 'properties', 'networkSecurityGroup'),
    hasPublicIp: publicIps.some(isId),
    backendPools: pools,
    ...(defaultOutbound === undefined ? {} : { defaultOutbound }),
    dnsServers,
  };
}

function primaryAddress(configurations: readonly unknown[]): number | undefined {
  const ipv4 = configurations.filter((each) => wordAt(each, 'properties', 'privateIPAddressVersion') !== 'ipv6');
  const primary = ipv4.find((each) => at(each, 'properties', 'primary') === true) ?? ipv4[0];
  return parseAddress(textAt(primary, 'properties', 'privateIPAddress') ?? '');
}

/** Ids that the configurations list under a name, lower-cased; `undefined` if an entry has none. */
function idsOf(configurations: readonly unknown[], name: string): readonly ArmId[] | undefined {
  const entries = configurations.flatMap((each) => listAt(each, 'properties', name) ?? [undefined]);
  const ids = entries.flatMap((entry) => idOf(entry) ?? []);
  return ids.length === entries.length ? ids : undefined;
}
