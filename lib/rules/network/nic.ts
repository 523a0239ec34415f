import type { ArmId } from '../../domain/ids.ts';
import { parseAddress } from './cidr.ts';
import { idOf, isId, type Reference, referenceAt } from './reference.ts';
import { at, isRow, listAt, textAt, wordAt } from './row.ts';

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
  const properties = at(raw, 'properties');
  const configurations = listAt(properties, 'ipConfigurations')?.map((each) => at(each, 'properties'));
  const dnsServers = listAt(properties, 'dnsSettings', 'dnsServers');
  if (!isRow(properties) || !configurations?.length || !configurations.every(isRow) || !dnsServers) {
    return undefined;
  }
  const address = primaryAddress(configurations);
  const groups = idsOf(configurations, 'applicationSecurityGroups');
  const pools = idsOf(configurations, 'loadBalancerBackendAddressPools');
  const publicIps = configurations.map((each) => referenceAt(each, 'publicIPAddress'));
  const defaultOutbound = at(properties, 'defaultOutboundConnectivityEnabled') ?? undefined;
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
    networkSecurityGroup: referenceAt(properties, 'networkSecurityGroup'),
    hasPublicIp: publicIps.some(isId),
    backendPools: pools,
    ...(defaultOutbound === undefined ? {} : { defaultOutbound }),
    dnsServers,
  };
}

function primaryAddress(configurations: readonly unknown[]): number | undefined {
  const ipv4 = configurations.filter((each) => wordAt(each, 'privateIPAddressVersion') !== 'ipv6');
  const primary = ipv4.find((each) => at(each, 'primary') === true) ?? ipv4[0];
  return parseAddress(textAt(primary, 'privateIPAddress') ?? '');
}

/** Ids that the configurations list under a name, lower-cased; `undefined` if an entry has none. */
function idsOf(configurations: readonly unknown[], name: string): readonly ArmId[] | undefined {
  const ids: ArmId[] = [];
  for (const configuration of configurations) {
    const entries = listAt(configuration, name);
    for (const entry of entries ?? [undefined]) {
      const id = idOf(entry);
      if (id === undefined) {
        return undefined;
      }
      ids.push(id);
    }
  }
  return ids;
}
