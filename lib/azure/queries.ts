/**
 * The Resource Graph queries of the service, one per kind of row. No join (joining is done in memory on lower-cased
 * ids), `id` is always projected (without it there is no paging), only columns that somebody reads are projected.
 */
export const queries = {
  /** VMs as their rows stand in Resource Graph; the guest agent is not documented to be there (unconfirmed). */
  vms: `resources
| where type =~ 'microsoft.compute/virtualmachines'
| project id, location, tenantId, managedBy, tags,
    vmId = tostring(properties.vmId),
    timeCreated = tostring(properties.timeCreated),
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

  /** Recovery Services vaults, wherever they are: protection may come from another subscription. */
  vaults: `resources
| where type =~ 'microsoft.recoveryservices/vaults'
| project id, name, location, resourceGroup, subscriptionId, tenantId,
    provisioningState = tostring(properties.provisioningState)`,

  /** One row per protected item of an Azure VM. A VM may have several: soft-deleted in an old vault, live in a new one. */
  protectedItems: `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems'
| where properties.backupManagementType =~ 'AzureIaasVM'
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

  /** Items of every workload per vault: compared with the vault's own count, which proves that no row is hidden. */
  itemCounts: `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems'
| extend vaultId = tostring(split(tolower(id), '/backupfabrics/')[0])
| summarize live = countif(properties.isScheduledForDeferredDelete != true), all = count(), id = min(id) by vaultId`,

  /** Backup policies for Azure VMs with their schedules: the largest gap between two runs is read from them. */
  backupPolicies: `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backuppolicies'
| where properties.backupManagementType =~ 'AzureIaasVM'
| project id, name, location,
    schedulePolicy = properties.schedulePolicy`,

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
    operation = tostring(properties.operation),
    status = tostring(properties.status),
    startTime = tostring(properties.startTime),
    errorDetails = properties.errorDetails`,

  /** Subscriptions and resource groups: their names, states, and the tags that VMs inherit their environment from. */
  containers: `resourcecontainers
| where type in~ ('microsoft.resources/subscriptions', 'microsoft.resources/subscriptions/resourcegroups')
| project id, name, type, subscriptionId, tags,
    state = tostring(properties.state)`,
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

/** A query narrowed by a condition on its projected columns, in an order that repeats between pages. */
export function narrowed(query: QueryName, condition?: string): string {
  return [queries[query], ...(condition ? [`| where ${condition}`] : []), '| order by id asc'].join('\n');
}
