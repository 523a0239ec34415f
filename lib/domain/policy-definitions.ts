/** Built-in definitions of Azure Policy, as far as they decide about backup. */
export interface KnownDefinitions {
  /** GUIDs. */
  readonly ids: readonly string[];
  /** What they do unless an assignment chooses another effect, lower-cased. */
  readonly effect: string;
}

/** Azure Backup should be enabled for Virtual Machines (repository Azure/azure-policy, 2026-04-29). */
const backupAudit = '013e242c-8828-4970-87b3-ab247555486d';

/**
 * Those that enable backup themselves: to an existing vault without or with a given tag, to a new vault without or with a
 * given tag (repository Azure/azure-policy, 2026-04-29).
 */
export const backupDeployments: KnownDefinitions = {
  ids: [
    '09ce66bc-1220-4153-8104-e3f51c936913',
    '345fa903-145c-4fe1-8bcd-93ec2adccde8',
    '98d0b9f8-fd90-49c9-88e2-d3baf3b0dd86',
    '83644c87-93dd-49fe-bf9f-6aff8fd0834e',
  ],
  effect: 'deployifnotexists',
};

/** Those that ask for the backup of a VM: an exemption from one of them exempts the VM. */
export const backupDemands: readonly string[] = [backupAudit, ...backupDeployments.ids];

/**
 * Those that refuse a resource group without a tag, or without a tag and its value; Azure Backup makes its group of
 * restore points without tags (both GUIDs as many public repositories name them, 2026-11).
 */
export const groupTagDemands: KnownDefinitions = {
  ids: ['96670d01-0a4d-4649-9c89-2d3abc0a5025', '8ce3da23-7156-49e4-b145-24f95f9dcb46'],
  effect: 'deny',
};
