import { watchedTypes } from './change-rows.ts';
import { partsOfVmsQuery, surroundingQuery } from './surrounding-query.ts';

/**
 * The Resource Graph queries of the service, one per kind of row. No join (joining is done in memory on lower-cased
 * ids), `id` is always projected (without it there is no paging), only columns that somebody reads are projected.
 */
export const queries = {
  /** VMs as their rows stand in Resource Graph; the guest agent is not documented to be there (unconfirmed). */
  vms: `resources
| where type =~ 'microsoft.compute/virtualmachines'
| project id, vmKey = tolower(id), location, tenantId, managedBy, tags, zones, plan, extendedLocation,
    vmId = tostring(properties.vmId),
    timeCreated = tostring(properties.timeCreated),
    provisioningState = tostring(properties.provisioningState),
    vmSize = tostring(properties.hardwareProfile.vmSize),
    priority = tostring(properties.priority),
    evictionPolicy = tostring(properties.evictionPolicy),
    availabilitySet = properties.availabilitySet,
    virtualMachineScaleSet = properties.virtualMachineScaleSet,
    host = properties.host,
    hostGroup = properties.hostGroup,
    networkInterfaces = properties.networkProfile.networkInterfaces,
    osDisk = properties.storageProfile.osDisk,
    dataDisks = properties.storageProfile.dataDisks,
    imageReference = properties.storageProfile.imageReference,
    osProfile = bag_pack('windowsConfiguration', properties.osProfile.windowsConfiguration, 'linuxConfiguration', properties.osProfile.linuxConfiguration, 'allowExtensionOperations', properties.osProfile.allowExtensionOperations),
    hasOsProfile = isnotnull(properties.osProfile),
    securityType = tostring(properties.securityProfile.securityType),
    powerState = tostring(properties.extended.instanceView.powerState.code),
    osName = tostring(properties.extended.instanceView.osName),
    osVersion = tostring(properties.extended.instanceView.osVersion)`,

  /** How many VMs stand where: what a sweep is cut into shards by. */
  vmCounts: `resources
| where type =~ 'microsoft.compute/virtualmachines'
| summarize vms = count(), id = min(id) by subscriptionId, location`,

  /** VMs that a backup server may run on, with their extensions: asked for by computer name or id. */
  hostMachines: `resources
| where type in~ ('microsoft.compute/virtualmachines', 'microsoft.compute/virtualmachines/extensions')
| project id, name, type, location, tags,
    ofVm = tostring(split(tolower(id), '/extensions/')[0]),
    computerName = tolower(tostring(properties.osProfile.computerName)),
    vmSize = tostring(properties.hardwareProfile.vmSize),
    imageOffer = tostring(properties.storageProfile.imageReference.offer),
    imageSku = tostring(properties.storageProfile.imageReference.sku),
    osName = tostring(properties.extended.instanceView.osName),
    osVersion = tostring(properties.extended.instanceView.osVersion),
    extensionType = tostring(properties.type)`,

  /** Recovery Services vaults, wherever they are: protection may come from another subscription. */
  vaults: `resources
| where type =~ 'microsoft.recoveryservices/vaults'
| project id, name, location, tenantId, tags,
    properties = bag_pack('provisioningState', properties.provisioningState, 'moveState', properties.moveState, 'publicNetworkAccess', properties.publicNetworkAccess, 'redundancySettings', properties.redundancySettings, 'securitySettings', properties.securitySettings, 'privateEndpointConnections', properties.privateEndpointConnections)`,

  /** What stands around VMs: disks, interfaces, extensions, networks and their ways out. */
  surroundings: surroundingQuery,

  /** Disks, interfaces and extensions by the VM that they belong to, one row for each VM. */
  partsOfVms: partsOfVmsQuery,

  /**
   * Security admin rules (the effective configurations of networks, and the rules of configurations that were committed)
   * and the rules of firewall policies. The network manager may stand in any subscription.
   */
  networkRules: `networkresources
| where type in~ ('microsoft.network/effectivesecurityadminrules', 'microsoft.network/networkmanagers/securityadminconfigurations/rulecollections/rules/snapshots', 'microsoft.network/firewallpolicies/rulecollectiongroups')
| project id, name, type, kind, properties`,

  /** Assignments and exemptions of Azure Policy. */
  policyAssignments: `policyresources
| where type in~ ('microsoft.authorization/policyassignments', 'microsoft.authorization/policyexemptions')
| project id, name, type,
    scope = tostring(properties.scope),
    notScopes = properties.notScopes,
    definitionId = tostring(properties.policyDefinitionId),
    parameters = properties.parameters,
    enforcementMode = tostring(properties.enforcementMode),
    assignmentId = tostring(properties.policyAssignmentId),
    category = tostring(properties.exemptionCategory),
    expiresOn = tostring(properties.expiresOn),
    references = properties.policyDefinitionReferenceIds`,

  /** Initiatives: the definitions that they come to, and the parameters that they hand on to them. */
  policySets: `policyresources
| where type =~ 'microsoft.authorization/policysetdefinitions'
| project id, definitions = properties.policyDefinitions, parameters = properties.parameters`,

  /** Definitions: what they look at (their mode), and what they do about it. */
  policyDefinitions: `policyresources
| where type =~ 'microsoft.authorization/policydefinitions'
| project id,
    mode = tostring(properties.mode),
    policyRule = properties.policyRule,
    parameters = properties.parameters`,

  /** Who has which role, and what roles may do with data. */
  roles: `authorizationresources
| where type in~ ('microsoft.authorization/roleassignments', 'microsoft.authorization/roledefinitions')
| project id, type,
    scope = tostring(properties.scope),
    principalId = tostring(properties.principalId),
    roleDefinitionId = tostring(properties.roleDefinitionId),
    permissions = properties.permissions`,

  /**
   * One row per protected item of an Azure VM. A VM may have several: soft-deleted in an old vault, live in a new one. Items
   * of classic VMs (their containers lack the `v2`) are kept apart: they name no VM that is judged here.
   */
  protectedItems: `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems'
| where properties.backupManagementType =~ 'AzureIaasVM'
| where id !contains ';iaasvmcontainer;'
| project id, name, location,
    sourceResourceId = tostring(properties.sourceResourceId),
    sourceSubscription = tolower(tostring(split(tostring(properties.sourceResourceId), '/')[2])),
    protectionState = tostring(properties.protectionState),
    currentProtectionState = tostring(properties.currentProtectionState),
    lastRecoveryPoint = tostring(properties.lastRecoveryPoint),
    policyId = tostring(properties.policyId),
    isScheduledForDeferredDelete = tobool(properties.isScheduledForDeferredDelete),
    deferredDeleteTimeInUTC = tostring(properties.deferredDeleteTimeInUTC),
    softDeleteRetentionPeriodInDays = toint(properties.softDeleteRetentionPeriodInDays),
    lastBackupStatus = tostring(properties.lastBackupStatus),
    lastBackupTime = tostring(properties.lastBackupTime),
    healthStatus = tostring(properties.healthStatus),
    healthDetails = properties.healthDetails,
    diskExclusion = properties.extendedProperties.diskExclusionProperties,
    policyInconsistent = tobool(properties.extendedInfo.policyInconsistent)`,

  /** VMs with several live items, of which Azure Backup names but one when it is asked for the VM. */
  vmsWithSeveralItems: `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems'
| where properties.backupManagementType =~ 'AzureIaasVM' and properties.isScheduledForDeferredDelete != true
| where id !contains ';iaasvmcontainer;'
| extend vm = tolower(tostring(properties.sourceResourceId))
| where vm != ''
| summarize items = count(), id = min(id) by vm
| where items > 1`,

  /**
   * Items of every workload per vault and policy: what vaults and policies hold, and, compared with the vault's own count,
   * the proof that no row is hidden.
   */
  itemCounts: `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems'
| extend vaultId = tostring(split(tolower(id), '/backupfabrics/')[0]),
    policyId = tolower(tostring(properties.policyId)),
    isLive = properties.isScheduledForDeferredDelete != true,
    isVm = properties.backupManagementType =~ 'AzureIaasVM'
| summarize live = countif(isLive), liveVms = countif(isLive and isVm), all = count(), id = min(id) by vaultId, policyId`,

  /** Backup policies for Azure VMs: what they are, when they run, how long they keep points. */
  backupPolicies: `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backuppolicies'
| where properties.backupManagementType =~ 'AzureIaasVM'
| project id, name,
    protectedItemsCount = toint(properties.protectedItemsCount),
    policyType = tostring(properties.policyType),
    schedulePolicy = properties.schedulePolicy,
    retentionPolicy = properties.retentionPolicy,
    instantRpRetentionRangeInDays = toint(properties.instantRpRetentionRangeInDays),
    instantRPDetails = properties.instantRPDetails,
    snapshotConsistencyType = tostring(properties.snapshotConsistencyType)`,

  /**
   * When protection was configured (Resource Graph keeps jobs for about 14 days), and the backups of the last week that run
   * or did not simply complete: the others only say what the item says as well.
   */
  backupJobs: `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backupjobs'
| where properties.backupManagementType =~ 'AzureIaasVM'
| where properties.operation =~ 'ConfigureBackup'
    or (properties.operation =~ 'Backup' and properties.status !~ 'Completed' and todatetime(properties.startTime) >= ago(7d))
| project id, name,
    vaultId = tostring(split(tolower(id), '/backupjobs/')[0]),
    containerName = tostring(properties.containerName),
    dataSourceId = tostring(properties.dataSourceId),
    operation = tostring(properties.operation),
    status = tostring(properties.status),
    startTime = tostring(properties.startTime),
    errorDetails = properties.errorDetails`,

  /** What was written or deleted; Resource Graph keeps change records for 14 days, and shows them within five minutes. */
  changes: `resourcechanges
| extend changedAt = todatetime(properties.changeAttributes.timestamp),
    targetId = tolower(tostring(properties.targetResourceId)),
    targetType = tolower(tostring(properties.targetResourceType))
| where targetType in~ (${watchedTypes.map((type) => `'${type}'`).join(', ')})
| project id, changedAt, targetId`,

  /** What is left of classic Azure. How Resource Graph shows the network of classic VMs is unconfirmed. */
  classicResources: `resources
| where type in~ ('microsoft.classiccompute/virtualmachines', 'microsoft.classicstorage/storageaccounts')
    or type startswith 'microsoft.backup/'
| project id, name, type, location,
    reservedIps = properties.networkProfile.reservedIps,
    inputEndpoints = properties.networkProfile.inputEndpoints`,

  /** Protected items of classic VMs: points without a future. */
  classicItems: `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems'
| where id contains ';iaasvmcontainer;' or properties.dataSourceInfo.datasourceType =~ 'Microsoft.ClassicCompute/virtualMachines'
| project id, name, location, friendlyName = tostring(properties.friendlyName)`,

  /** In which subscriptions and regions VMs with live items stand, or stood. */
  itemCells: `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems'
| where properties.backupManagementType =~ 'AzureIaasVM' and properties.isScheduledForDeferredDelete != true
| where id !contains ';iaasvmcontainer;'
| extend sourceSubscription = tolower(tostring(split(tostring(properties.sourceResourceId), '/')[2]))
| summarize items = count(), id = min(id) by sourceSubscription, location`,

  /**
   * Subscriptions and resource groups: their names, states, the tags that VMs inherit their environment from, and the
   * management groups above.
   */
  containers: `resourcecontainers
| where type in~ ('microsoft.resources/subscriptions', 'microsoft.resources/subscriptions/resourcegroups')
| project id, name, type, subscriptionId, tags,
    state = tostring(properties.state),
    managementGroups = properties.managementGroupAncestorsChain`,
} as const satisfies Readonly<Record<string, string>>;

export type QueryName = keyof typeof queries;

/** Quotes a text as a KQL string literal, so that no value can become part of a query. */
export function kqlText(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    // A line break would end the literal.
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, (code) => `\\u${code.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${escaped}'`;
}

/** What comes after the condition, and the order, where they are not the usual ones. */
const endings: Partial<Readonly<Record<QueryName, readonly string[]>>> = {
  // Both in the order of VMs, so that they can be read side by side, page by page.
  vms: ['| order by vmKey asc, id asc'],
  // One row for each resource, however often it changed.
  changes: ['| summarize id = min(id) by targetId', '| order by id asc'],
  partsOfVms: ['| summarize parts = make_list(part), id = min(id) by ofVm', '| order by ofVm asc'],
};

/** A query narrowed by a condition on its projected columns, in an order that repeats between pages. */
export function narrowed(query: QueryName, condition?: string): string {
  const ending = endings[query] ?? ['| order by id asc'];
  return [queries[query], ...(condition ? [`| where ${condition}`] : []), ...ending].join('\n');
}
