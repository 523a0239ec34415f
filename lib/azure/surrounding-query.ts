/** What is read of each type: names of properties, as they stand in ARM. */
const propertiesByType: Readonly<Record<string, readonly string[]>> = {
  'microsoft.compute/disks': [
    'diskSizeGB',
    'maxShares',
    'dataAccessAuthMode',
    'securityProfile',
    'encryptionSettingsCollection',
  ],
  'microsoft.compute/restorepointcollections': ['source'],
  'microsoft.compute/virtualmachines/extensions': ['publisher', 'type', 'provisioningState'],
  'microsoft.compute/virtualmachinescalesets': ['orchestrationMode'],
  'microsoft.keyvault/vaults': ['enableRbacAuthorization', 'accessPolicies', 'publicNetworkAccess', 'networkAcls'],
  'microsoft.network/azurefirewalls': [
    'ipConfigurations',
    'firewallPolicy',
    'networkRuleCollections',
    'applicationRuleCollections',
  ],
  'microsoft.network/firewallpolicies': ['basePolicy', 'ruleCollectionGroups'],
  'microsoft.network/loadbalancers': ['frontendIPConfigurations', 'outboundRules', 'loadBalancingRules'],
  'microsoft.network/natgateways': ['publicIpAddresses', 'publicIpPrefixes'],
  'microsoft.network/networkinterfaces': [
    'primary',
    'networkSecurityGroup',
    'defaultOutboundConnectivityEnabled',
    'dnsSettings',
    'ipConfigurations',
  ],
  'microsoft.network/networksecuritygroups': ['securityRules', 'defaultSecurityRules'],
  'microsoft.network/privatednszones/virtualnetworklinks': ['virtualNetwork'],
  'microsoft.network/privateendpoints': [
    'subnet',
    'customDnsConfigs',
    'privateLinkServiceConnections',
    'manualPrivateLinkServiceConnections',
  ],
  'microsoft.network/publicipaddresses': ['publicIPAllocationMethod'],
  'microsoft.network/routetables': ['disableBgpRoutePropagation', 'routes'],
  'microsoft.network/virtualhubs': ['ipConfigurations'],
  'microsoft.network/virtualnetworkgateways': ['gatewayType', 'enableBgp', 'gatewayDefaultSite', 'ipConfigurations'],
  'microsoft.network/virtualnetworks': ['addressSpace', 'dhcpOptions', 'subnets', 'virtualNetworkPeerings'],
};

/** What nothing refers to by its id: it has to be looked for. A virtual hub is a Route Server if it says so. */
export const lookedFor = [
  'microsoft.network/azurefirewalls',
  'microsoft.network/firewallpolicies',
  'microsoft.network/privatednszones/virtualnetworklinks',
  'microsoft.network/privateendpoints',
  'microsoft.network/virtualhubs',
  'microsoft.network/virtualnetworkgateways',
] as const;

function bagOf(names: readonly string[]): string {
  return `bag_pack(${names.map((name) => `'${name}', properties.${name}`).join(', ')})`;
}

function bagsOf(types: readonly string[]): string {
  const bags = types.map((type) => `        type =~ '${type}', ${bagOf(propertiesByType[type] ?? [])},`);
  return `case(\n${bags.join('\n')}\n        dynamic(null))`;
}

function listOf(types: readonly string[]): string {
  return types.map((type) => `'${type}'`).join(', ');
}

/** What belongs to one VM; everything else may be there for many. */
const typesOfParts = [
  'microsoft.compute/disks',
  'microsoft.compute/virtualmachines/extensions',
  'microsoft.network/networkinterfaces',
] as const;

/** The VM that a row belongs to, in lower case; empty where there is none, and for shared disks, which are many VMs'. */
const ofVm = `case(
        type =~ 'microsoft.compute/disks' and coalesce(toint(properties.maxShares), 1) <= 1, tolower(managedBy),
        type =~ 'microsoft.compute/virtualmachines/extensions', tostring(split(tolower(id), '/extensions/')[0]),
        type =~ 'microsoft.network/networkinterfaces', tolower(tostring(properties.virtualMachine.id)),
        '')`;

const types = Object.keys(propertiesByType);

/**
 * Everything around VMs in one query, as the quota counts queries: each row in the shape of ARM, with only those properties
 * that somebody reads. Restore points themselves are not in Resource Graph, only their collections.
 */
export const surroundingQuery = `resources
| where type in~ (${listOf(types)})
| where type !~ 'microsoft.network/virtualhubs' or kind =~ 'RouteServer'
| project id, name, type, location, sku, ofVm = ${ofVm},
    properties = ${bagsOf(types)}`;

/** What belongs to VMs: a part for each row, to be put together by VM, as the quota counts rows. */
export const partsOfVmsQuery = `resources
| where type in~ (${listOf(typesOfParts)})
| extend ofVm = ${ofVm}
| where ofVm != ''
| project id, location, ofVm,
    part = bag_pack('id', id, 'name', name, 'type', type, 'sku', sku, 'properties', ${bagsOf(typesOfParts)})`;
