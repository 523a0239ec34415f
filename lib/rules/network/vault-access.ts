import type { ArmId } from '../../domain/ids.ts';
import type { NetworkInput } from '../../domain/network-rows.ts';
import { type Cidr, ipv4Prefixes } from './cidr.ts';
import { idOf, isId, isReadable, referenceAt, vnetOfSubnet } from './reference.ts';
import { listAt, textAt, wordAt } from './row.ts';
import type { MissingPart } from './verdict.ts';
import { isInReach, type Vnet } from './vnet.ts';

/** How the vault may be reached, apart from its public address. */
export type VaultAccess =
  | { readonly kind: 'notJudged' }
  | { readonly kind: 'missing'; readonly part: MissingPart }
  | { readonly kind: 'publicOnly'; readonly isPublicDenied: boolean }
  | {
      readonly kind: 'endpoint';
      readonly isPublicDenied: boolean;
      readonly addresses: readonly Cidr[];
      /** Whether the VM's network is linked to the private DNS zone of Azure Backup. */
      readonly isLinked: boolean;
    };

/** Finds an approved private endpoint of the vault, for group AzureBackup, in the VM's network or a peer of it. */
export function vaultAccess(input: NetworkInput, vnet: Vnet | undefined): VaultAccess {
  if (input.vault === undefined) {
    return { kind: 'notJudged' };
  }
  const id = idOf(input.vault);
  const access = wordAt(input.vault, 'properties', 'publicNetworkAccess') ?? 'enabled';
  if (!isReadable(input.vault) || !id || !['enabled', 'disabled'].includes(access)) {
    return { kind: 'missing', part: 'vault' };
  }
  const isPublicDenied = access === 'disabled';
  const endpoints = endpointsInReach(input, id, vnet);
  if (typeof endpoints === 'string') {
    return { kind: 'missing', part: endpoints };
  }
  const addresses = endpoints.flatMap((row) => addressesOf(row) ?? []);
  if (endpoints.length === 0) {
    return { kind: 'publicOnly', isPublicDenied };
  }
  return addresses.length === 0
    ? { kind: 'missing', part: 'privateEndpoints' }
    : { kind: 'endpoint', isPublicDenied, addresses, isLinked: isLinkedToBackupZone(input.privateDnsZoneLinks, vnet) };
}

/** Endpoints of the vault that the VM may reach, or what is missing to tell: every approved one must be readable. */
function endpointsInReach(input: NetworkInput, vault: ArmId, vnet: Vnet | undefined): readonly unknown[] | MissingPart {
  const approved = approvedEndpoints(input.vault);
  const rows = input.privateEndpoints === null ? undefined : listAt(input, 'privateEndpoints');
  if (!rows || approved.some((each) => !rows.some((row) => idOf(row) === each))) {
    return 'privateEndpoints';
  }
  const ofVault = rows.filter((row) => connects(row, vault, approved));
  if (!vnet) {
    return ofVault.length === 0 ? [] : 'vnet';
  }
  return ofVault.filter((row) => isInReach(vnet, vnetOfSubnet(textAt(row, 'properties', 'subnet', 'id') ?? '')));
}

function approvedEndpoints(vault: unknown): readonly ArmId[] {
  return (listAt(vault, 'properties', 'privateEndpointConnections') ?? []).flatMap((each) => {
    const id = referenceAt(each, 'properties', 'privateEndpoint');
    const isApproved = wordAt(each, 'properties', 'privateLinkServiceConnectionState', 'status') === 'approved';
    return isApproved && isId(id) ? [id] : [];
  });
}

function connects(endpoint: unknown, vault: ArmId, approved: readonly ArmId[]): boolean {
  const connections = ['privateLinkServiceConnections', 'manualPrivateLinkServiceConnections'].flatMap(
    (name) => listAt(endpoint, 'properties', name) ?? [],
  );
  return connections.some((each) => {
    const state = wordAt(each, 'properties', 'privateLinkServiceConnectionState', 'status');
    const groups = (listAt(each, 'properties', 'groupIds') ?? []).map((group) => String(group).toLowerCase());
    return (
      wordAt(each, 'properties', 'privateLinkServiceId') === vault &&
      groups.includes('azurebackup') &&
      (state === undefined ? approved.includes(idOf(endpoint) ?? vault) : state === 'approved')
    );
  });
}

function addressesOf(endpoint: unknown): readonly Cidr[] | undefined {
  const configs = listAt(endpoint, 'properties', 'customDnsConfigs') ?? [];
  return ipv4Prefixes(configs.flatMap((config) => listAt(config, 'ipAddresses') ?? [undefined]));
}

const backupZone = /\/privatednszones\/privatelink\.([^/]+\.)?backup\.windowsazure\.[a-z]+\/virtualnetworklinks\//;

/** Whether a network is linked to a private DNS zone of Azure Backup. */
export function isLinkedToBackupZone(links: unknown, vnet: Vnet | undefined): boolean {
  return (Array.isArray(links) ? links : []).some(
    (link) => backupZone.test(idOf(link) ?? '') && referenceAt(link, 'properties', 'virtualNetwork') === vnet?.id,
  );
}
