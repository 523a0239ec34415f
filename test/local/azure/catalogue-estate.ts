import { parseArmPath } from '../../../local/azure/arm-path.ts';
import type { DeniedRead, Estate, EstateResource } from '../../../local/estates/estate.ts';
import { smallEstate, subscriptionId, vmId, vnetId } from './small-estate.ts';

export const subscription = `/subscriptions/${subscriptionId}`;
export const group = `${subscription}/resourceGroups/RG-Shop`;
/** The parent of the group that the shop's subscription stands in. */
export const parentGroupId = '/providers/Microsoft.Management/managementGroups/mg-landing-zones';
export const groupId = '/providers/Microsoft.Management/managementGroups/mg-online';
export const strangeGroupId = '/providers/Microsoft.Management/managementGroups/mg-corp';

/** A resource whose name and type follow from its id. */
export function resource(
  id: string,
  properties: EstateResource['properties'] = {},
  rest: Readonly<Record<string, unknown>> = {},
): EstateResource {
  return { id, name: id.split('/').at(-1) ?? '', type: parseArmPath(id)?.type ?? '', properties, ...rest };
}

export const inGroup = (rest: string): string => `${group}/providers/${rest}`;
export const collectionId = inGroup('Microsoft.Compute/restorePointCollections/AzureBackup_web1_1');
export const tagsInitiativeId = `${parentGroupId}/providers/Microsoft.Authorization/policySetDefinitions/tags`;
export const readerId = '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7';

/** What is put on scopes: on the subscription, on the groups above it, on a group elsewhere, on one VM. */
export const assignments = {
  onVm: `${vmId('web1')}/providers/Microsoft.Authorization/policyAssignments/audit-vm`,
  onSubscription: `${subscription}/providers/Microsoft.Authorization/policyAssignments/deny-untagged`,
  onGroup: `${groupId}/providers/Microsoft.Authorization/policyAssignments/backup-vms`,
  onParent: `${parentGroupId}/providers/Microsoft.Authorization/policyAssignments/tags`,
  elsewhere: `${strangeGroupId}/providers/Microsoft.Authorization/policyAssignments/corp-only`,
} as const;

const networkManager = inGroup('Microsoft.Network/networkManagers/nm');

/** One resource of every kind that a rule reads, by the table of Resource Graph that shows it. */
export const kinds: readonly (readonly [table: string, resource: EstateResource])[] = [
  ['resources', resource(inGroup('Microsoft.Compute/disks/web1-os'), { diskSizeGB: 64 }, { managedBy: vmId('web1') })],
  ['resources', resource(inGroup('Microsoft.Compute/virtualMachineScaleSets/flex'), { orchestrationMode: 'Flexible' })],
  [
    'resources',
    resource(collectionId, { source: { id: vmId('web1') }, restorePoints: [{ name: 'p1' }, { name: 'p2' }] }),
  ],
  ['resources', resource(inGroup('Microsoft.Network/networkSecurityGroups/nsg'), { securityRules: [] })],
  ['resources', resource(inGroup('Microsoft.Network/routeTables/rt'), { routes: [] })],
  ['resources', resource(inGroup('Microsoft.Network/natGateways/nat'))],
  ['resources', resource(inGroup('Microsoft.Network/publicIPAddresses/pip'))],
  ['resources', resource(inGroup('Microsoft.Network/loadBalancers/lb'))],
  ['resources', resource(inGroup('Microsoft.Network/virtualNetworkGateways/vpn'))],
  ['resources', resource(inGroup('Microsoft.Network/virtualHubs/rs'), {}, { kind: 'RouteServer' })],
  ['resources', resource(inGroup('Microsoft.Network/azureFirewalls/fw'))],
  ['resources', resource(inGroup('Microsoft.Network/firewallPolicies/fwp'))],
  ['resources', resource(inGroup('Microsoft.Network/privateEndpoints/pe'))],
  ['resources', resource(inGroup('Microsoft.Network/privateDnsZones/z/virtualNetworkLinks/link'))],
  ['resources', resource(inGroup('Microsoft.KeyVault/vaults/kv'), { accessPolicies: [] })],
  ['resources', resource(inGroup('Microsoft.DataProtection/backupVaults/bv'))],
  ['resources', resource(inGroup('Microsoft.ClassicCompute/virtualMachines/old'), { instanceView: { status: 'x' } })],
  ['resources', resource(inGroup('Microsoft.ClassicCompute/domainNames/cloud'))],
  ['resources', resource(inGroup('Microsoft.ClassicNetwork/reservedIps/ip'))],
  ['resources', resource(inGroup('Microsoft.ClassicStorage/storageAccounts/asm'))],
  ['resources', resource(inGroup('Microsoft.Backup/BackupVault/ancient'))],
  ['networkresources', resource(`${vnetId}/providers/Microsoft.Network/effectiveSecurityAdminRules/default`)],
  [
    'networkresources',
    resource(`${networkManager}/securityAdminConfigurations/c/ruleCollections/rc/rules/r/snapshots/1`, {
      Access: 'Deny',
    }),
  ],
  ['networkresources', resource(inGroup('Microsoft.Network/firewallPolicies/fwp/ruleCollectionGroups/g'))],
  ['dnsresources', resource(inGroup('Microsoft.Network/privateDnsZones/z/A/record'))],
  ['computeresources', resource(inGroup('Microsoft.Compute/virtualMachineScaleSets/uniform/virtualMachines/0'))],
  ...Object.values(assignments).map((id) => ['policyresources', resource(id)] as const),
  ['policyresources', resource(tagsInitiativeId)],
  ['policyresources', resource(`${subscription}/providers/Microsoft.Authorization/policyDefinitions/own`)],
  ['policyresources', resource(`${group}/providers/Microsoft.Authorization/policyExemptions/until-migrated`)],
  [
    'authorizationresources',
    resource(`${group}/providers/Microsoft.Authorization/roleAssignments/ra`, { principalId: 'p1' }),
  ],
  ['authorizationresources', resource(readerId)],
];

/** Kinds that ARM has and Resource Graph does not. */
export const unshown: readonly EstateResource[] = [
  resource(`${subscription}/providers/Microsoft.Authorization/locks/whole-subscription`, { level: 'ReadOnly' }),
  resource(`${collectionId}/restorePoints/p3`),
  resource(`${subscription}/providers/Microsoft.Resources/providers/Microsoft.Compute`),
];

/** The small estate with all of these, and with the management groups above its subscriptions. */
export function catalogueEstate(denied: readonly DeniedRead[] = []): Estate {
  const estate = smallEstate(denied);
  const nested = resource(groupId, { displayName: 'Online', details: { parent: { id: parentGroupId } } });
  return { ...estate, resources: [...estate.resources, nested, ...kinds.map(([, each]) => each), ...unshown] };
}
