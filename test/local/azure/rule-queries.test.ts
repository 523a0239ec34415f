import { expect, test } from 'vitest';

import type { EstateResource } from '../../../local/estates/estate.ts';
import { catalogueEstate, collectionId, inGroup, readerId, resource } from './catalogue-estate.ts';
import { runAzure } from './running-azure.ts';
import { itemId, policyId, subscriptionId, vaultId, vmId } from './small-estate.ts';

/** What the queries below look into, beside one resource of every kind. */
const details: readonly EstateResource[] = [
  resource(inGroup('Microsoft.Compute/disks/free'), { diskSizeGB: 32 }),
  resource(
    inGroup('Microsoft.Compute/disks/ade'),
    {
      diskSizeGB: 128,
      maxShares: 2,
      encryptionSettingsCollection: {
        enabled: true,
        encryptionSettings: [{ diskEncryptionKey: { sourceVault: { id: inGroup('Microsoft.KeyVault/vaults/KV') } } }],
      },
    },
    { managedBy: vmId('web2'), sku: { name: 'UltraSSD_LRS' } },
  ),
  resource(`${vmId('web2')}/extensions/ade`, {
    publisher: 'Microsoft.Azure.Security',
    type: 'AzureDiskEncryption',
    provisioningState: 'Failed',
  }),
  resource(inGroup('Microsoft.Network/networkInterfaces/two-addresses'), {
    virtualMachine: { id: vmId('web2') },
    ipConfigurations: [
      { properties: { publicIPAddress: { id: inGroup('Microsoft.Network/publicIPAddresses/PIP') } } },
      { properties: { loadBalancerBackendAddressPools: [{ id: 'pool' }] } },
    ],
  }),
  resource(`${vaultId}/backupPolicies/old`, { backupManagementType: 'AzureIaasVM', policyType: 'V1' }),
  resource(`${vmId('web1')}/providers/Microsoft.Authorization/roleAssignments/on-vm`, {
    principalId: 'P2',
    roleDefinitionId: readerId,
  }),
];

async function ask(query: string): Promise<unknown> {
  const estate = catalogueEstate();
  const azure = await runAzure({ estate: { ...estate, resources: [...estate.resources, ...details] } });
  return await azure.query(query);
}

test.each<[string, string, unknown]>([
  [
    'attached disks',
    `resources
| where type =~ 'microsoft.compute/disks' and isnotempty(managedBy)
| project id, managedBy = tolower(managedBy), sku = tostring(sku.name), sizeGB = toint(properties.diskSizeGB), shares = toint(properties.maxShares),
    keyVault = tolower(tostring(properties.encryptionSettingsCollection.encryptionSettings[0].diskEncryptionKey.sourceVault.id))
| order by id asc`,
    [
      {
        id: inGroup('Microsoft.Compute/disks/ade'),
        managedBy: vmId('web2').toLowerCase(),
        sku: 'UltraSSD_LRS',
        sizeGB: 128,
        shares: 2,
        keyVault: inGroup('Microsoft.KeyVault/vaults/kv').toLowerCase(),
      },
      {
        id: inGroup('Microsoft.Compute/disks/web1-os'),
        managedBy: vmId('web1').toLowerCase(),
        sku: '',
        sizeGB: 64,
        shares: null,
        keyVault: '',
      },
    ],
  ],
  [
    'extensions with the VM they stand in',
    `resources
| where type =~ 'microsoft.compute/virtualmachines/extensions'
| project id, vmId = tostring(split(tolower(id), '/extensions/')[0]), publisher = tostring(properties.publisher), state = tostring(properties.provisioningState)
| where publisher =~ 'Microsoft.Azure.Security' or state !~ 'Succeeded'
| order by id asc`,
    [
      {
        id: `${vmId('web2')}/extensions/ade`,
        vmId: vmId('web2').toLowerCase(),
        publisher: 'Microsoft.Azure.Security',
        state: 'Failed',
      },
    ],
  ],
  [
    'interfaces with several addresses',
    `resources
| where type =~ 'microsoft.network/networkinterfaces' and array_length(properties.ipConfigurations) > 1
| mv-expand ip = properties.ipConfigurations
| project id, publicIp = tolower(tostring(ip.properties.publicIPAddress.id)), pools = array_length(ip.properties.loadBalancerBackendAddressPools)
| order by publicIp asc`,
    [
      { id: inGroup('Microsoft.Network/networkInterfaces/two-addresses'), publicIp: '', pools: 1 },
      {
        id: inGroup('Microsoft.Network/networkInterfaces/two-addresses'),
        publicIp: inGroup('Microsoft.Network/publicIPAddresses/pip').toLowerCase(),
        pools: null,
      },
    ],
  ],
  [
    'what surrounds a network, by kind',
    `resources
| where type in~ ('Microsoft.Network/virtualNetworkGateways', 'microsoft.network/virtualhubs', 'microsoft.network/natgateways', 'microsoft.network/loadbalancers', 'microsoft.network/azurefirewalls', 'microsoft.network/privateendpoints', 'microsoft.network/privatednszones/virtualnetworklinks')
| where isempty(kind) or kind =~ 'RouteServer'
| summarize found = count(), id = min(id) by type
| order by type asc
| project type, found`,
    [
      ...['azurefirewalls', 'loadbalancers', 'natgateways', 'privatednszones/virtualnetworklinks'],
      ...['privateendpoints', 'virtualhubs', 'virtualnetworkgateways'],
    ].map((type) => ({ type: `microsoft.network/${type}`, found: 1 })),
  ],
  [
    'security admin rules, whatever the case of their keys',
    `networkresources
| where type endswith '/securityadminconfigurations/rulecollections/rules/snapshots' or type =~ 'microsoft.network/effectivesecurityadminrules'
| project id, name, access = coalesce(tostring(properties.access), tostring(properties.Access))
| order by name asc`,
    [expect.objectContaining({ name: '1', access: 'Deny' }), expect.objectContaining({ name: 'default', access: '' })],
  ],
  [
    'subnets of networks',
    `resources
| where type =~ 'microsoft.network/virtualnetworks'
| extend subnetCount = array_length(properties.subnets)
| mv-expand subnet = properties.subnets limit 400
| project id, subnetCount, subnetName = tostring(subnet.name), nsgId = tostring(subnet.properties.networkSecurityGroup.id)`,
    [expect.objectContaining({ subnetCount: 1, subnetName: 'servers', nsgId: '' })],
  ],
  [
    'items by policy',
    `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems'
| where properties.backupManagementType =~ 'AzureIaasVM' and properties.isScheduledForDeferredDelete != true
| summarize items = count(), id = min(id) by policyId = tolower(tostring(properties.policyId))`,
    [{ policyId: policyId.toLowerCase(), items: 1, id: itemId('web1') }],
  ],
  [
    'items by policy, under the name that Kusto gives',
    "recoveryservicesresources | where type endswith '/protecteditems' | summarize count() by tostring(properties.policyId)",
    [{ properties_policyId: policyId, count_: 2 }],
  ],
  [
    'policies of VMs by what they are',
    `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backuppolicies' and properties.backupManagementType =~ 'AzureIaasVM'
| project id, name, vaultId = tostring(split(tolower(id), '/backuppolicies/')[0]), policyType = tostring(properties.policyType), prefix = tostring(properties.instantRPDetails.azureBackupRGNamePrefix)
| where vaultId in~ ('${vaultId}')
| order by id asc`,
    [
      expect.objectContaining({ name: 'EnhancedPolicy', policyType: 'V2', prefix: '' }),
      expect.objectContaining({ name: 'old', policyType: 'V1' }),
    ],
  ],
  [
    'assignments of policies about backup or tags',
    `policyresources
| where type =~ 'microsoft.authorization/policyassignments'
| project id, name, scope = tolower(tostring(properties.scope)), notScopes = properties.notScopes, enforcement = tostring(properties.enforcementMode)
| where name has_any ('backup', 'tags')
| order by id asc`,
    [
      {
        id: expect.stringContaining('/mg-landing-zones/'),
        name: 'tags',
        scope: '/providers/microsoft.management/managementgroups/mg-landing-zones',
        notScopes: null,
        enforcement: '',
      },
      expect.objectContaining({ name: 'backup-vms' }),
    ],
  ],
  [
    'exemptions and definitions',
    `policyresources
| where type in~ ('microsoft.authorization/policyexemptions', 'microsoft.authorization/policydefinitions', 'microsoft.authorization/policysetdefinitions')
| summarize count() by type
| order by type asc`,
    ['policydefinitions', 'policyexemptions', 'policysetdefinitions'].map((type) => ({
      type: `microsoft.authorization/${type}`,
      count_: 1,
    })),
  ],
  [
    'role assignments with the id of their role',
    `authorizationresources
| where type =~ 'microsoft.authorization/roleassignments'
| project id, principalId = tolower(tostring(properties.principalId)), roleId = tostring(split(tostring(properties.roleDefinitionId), '/')[-1]), scope = tostring(properties.scope)
| where principalId == 'p2'
| order by id asc`,
    [
      {
        id: expect.stringContaining('/roleAssignments/on-vm'),
        principalId: 'p2',
        roleId: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
        scope: vmId('web1'),
      },
    ],
  ],
  [
    'restore point collections by the VM they belong to',
    `resources
| where type =~ 'microsoft.compute/restorepointcollections'
| project id, vmId = tolower(tostring(properties.source.id)), points = properties.restorePoints
| where vmId in (dynamic(['${vmId('web1').toLowerCase()}']))`,
    [{ id: collectionId, vmId: vmId('web1').toLowerCase(), points: null }],
  ],
  [
    'scale sets and their uniform instances',
    `resources
| where type =~ 'microsoft.compute/virtualmachinescalesets'
| project id, name, mode = iff(isempty(tostring(properties.orchestrationMode)), 'Uniform', tostring(properties.orchestrationMode))`,
    [expect.objectContaining({ name: 'flex', mode: 'Flexible' })],
  ],
  [
    'uniform instances by scale set',
    `computeresources
| where type =~ 'microsoft.compute/virtualmachinescalesets/virtualmachines'
| extend scaleSet = tostring(split(tolower(id), '/virtualmachines/')[0])
| summarize instances = count() by scaleSet, subscriptionId`,
    [
      {
        scaleSet: inGroup('Microsoft.Compute/virtualMachineScaleSets/uniform').toLowerCase(),
        subscriptionId,
        instances: 1,
      },
    ],
  ],
  [
    'classic resources',
    `resources
| where type startswith 'microsoft.classic' or type startswith 'microsoft.backup/'
| project id, name, kindOf = tostring(split(type, '/')[1]), status = tostring(properties.instanceView.status)
| order by name asc`,
    [
      expect.objectContaining({ name: 'ancient', kindOf: 'backupvault' }),
      expect.objectContaining({ name: 'asm', kindOf: 'storageaccounts' }),
      expect.objectContaining({ name: 'cloud', kindOf: 'domainnames' }),
      expect.objectContaining({ name: 'ip', kindOf: 'reservedips' }),
      expect.objectContaining({ name: 'old', kindOf: 'virtualmachines', status: 'x' }),
    ],
  ],
  [
    'key vaults',
    `resources
| where type =~ 'microsoft.keyvault/vaults'
| project id, name, rbac = tobool(properties.enableRbacAuthorization), accessPolicies = properties.accessPolicies, acl = tostring(properties.networkAcls.defaultAction)
| order by id asc`,
    [
      {
        id: inGroup('Microsoft.KeyVault/vaults/kv'),
        name: 'kv',
        rbac: null,
        accessPolicies: [],
        acl: '',
      },
    ],
  ],
  [
    'vaults with their private endpoints and settings',
    `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults'
| project id, location, publicNetworkAccess = tostring(properties.publicNetworkAccess), endpoints = properties.privateEndpointConnections,
    days = toint(properties.securitySettings.softDeleteSettings.softDeleteRetentionPeriodInDays), moveState = tostring(properties.moveState)`,
    [{ id: vaultId, location: 'westeurope', publicNetworkAccess: '', endpoints: null, days: null, moveState: '' }],
  ],
])('a query of %s runs', async (_, query, expected) => {
  expect(await ask(query)).toEqual(expected);
});
