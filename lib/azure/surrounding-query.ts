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

const types = Object.keys(propertiesByType);
const bags = Object.entries(propertiesByType).map(([type, names]) => `    type =~ '${type}', ${bagOf(names)},`);

/**
 * Everything around VMs in one query, as the quota counts queries: each row in the shape of ARM, with only those properties
 * that somebody reads. Restore points themselves are not in Resource Graph, only their collections.
 */
export const surroundingQuery = `resources
| where type in~ (${types.map((type) => `'${type}'`).join(', ')})
| where type !~ 'microsoft.network/virtualhubs' or kind =~ 'RouteServer'
| project id, name, type, location, sku, properties = case(
${bags.join('\n')}
    dynamic(null))`;
