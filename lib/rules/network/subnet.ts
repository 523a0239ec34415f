import { type Cidr, ipv4Prefixes } from './cidr.ts';
import type { Match } from './match.ts';
import { fieldValues } from './nsg.ts';
import { isReadable, type Reference, referenceAt } from './reference.ts';
import { placeOf } from './resource-place.ts';
import { at, listAt, textAt, wordAt } from './row.ts';
import { tagRegion } from './service-tag.ts';

/** What a subnet says about the paths of its VMs. */
export interface Subnet {
  readonly prefixes: readonly Cidr[];
  readonly networkSecurityGroup: Reference;
  readonly routeTable: Reference;
  readonly natGateway: Reference;
  /** `false` makes the subnet private. Absent or null means the older behaviour: default outbound access is allowed. */
  readonly defaultOutboundAccess: unknown;
  /** Whether a service endpoint carries traffic to storage of the VM's region. */
  readonly storageEndpoint: Match;
  /** Whether the endpoint `Microsoft.AzureActiveDirectory` is there; the pages disagree on what it carries. */
  readonly entraEndpoint: boolean;
}

/** Reads a subnet as it stands inline in its virtual network; `undefined` if it is missing or lacks its prefixes. */
export function readSubnet(raw: unknown, region: string | undefined): Subnet | undefined {
  const endpoints = listAt(raw, 'properties', 'serviceEndpoints');
  const prefixes = ipv4Prefixes(fieldValues(at(raw, 'properties'), 'addressPrefix', 'addressPrefixes'));
  if (!isReadable(raw) || !endpoints || !prefixes?.length) {
    return undefined;
  }
  return {
    prefixes,
    networkSecurityGroup: referenceAt(raw, 'properties', 'networkSecurityGroup'),
    routeTable: referenceAt(raw, 'properties', 'routeTable'),
    natGateway: referenceAt(raw, 'properties', 'natGateway'),
    defaultOutboundAccess: at(raw, 'properties', 'defaultOutboundAccess') ?? undefined,
    storageEndpoint: storageEndpoint(endpoints, region),
    entraEndpoint: endpoints.some((each) => wordAt(each, 'service') === 'microsoft.azureactivedirectory'),
  };
}

function storageEndpoint(endpoints: readonly unknown[], region: string | undefined): Match {
  const serving = endpoints.filter((each) => {
    const service = wordAt(each, 'service');
    const isRegional = service === 'microsoft.storage' && servesRegion(each, region);
    return isRegional || service === 'microsoft.storage.global';
  });
  if (serving.length === 0) {
    return 'no';
  }
  const isReady = serving.some((each) => (wordAt(each, 'provisioningState') ?? 'succeeded') === 'succeeded');
  return isReady ? 'yes' : 'maybe';
}

function servesRegion(endpoint: unknown, region: string | undefined): boolean {
  const locations = (listAt(endpoint, 'locations') ?? []).map((each) =>
    typeof each === 'string' ? tagRegion(each) : '',
  );
  return locations.includes('*') || (region !== undefined && locations.includes(region));
}

/** Names of a subnet and its network as its id has them, for commands; `undefined` if the row has no id. */
export function subnetNames(
  raw: unknown,
): { readonly id: string; readonly vnet: string; readonly subnet: string } | undefined {
  const id = textAt(raw, 'id');
  const [, vnet, subnet] = /\/virtualNetworks\/([^/]+)\/subnets\/([^/]+)$/i.exec(id ?? '') ?? [];
  return id && vnet && subnet ? { id, vnet, subnet } : undefined;
}

/** Names of a subnet for commands; words in angle brackets stand for what its row does not tell. */
export function subnetPlace(
  raw: unknown,
): Readonly<Record<'vnet' | 'subnet' | `subnet${'Subscription' | 'ResourceGroup'}`, string>> {
  const names = subnetNames(raw);
  const { subscription, resourceGroup, name } = placeOf(raw);
  return {
    vnet: names?.vnet ?? '<virtual network>',
    subnet: names?.subnet ?? name,
    subnetSubscription: subscription,
    subnetResourceGroup: resourceGroup,
  };
}
