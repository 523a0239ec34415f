/**
 * What Azure Backup takes, as a document of Microsoft lists it. Such lists change without a word, so each says how old it
 * is, and the health of the service names those that are too old to rest on.
 */
export interface SupportList {
  readonly name: string;
  readonly source: string;
  /** Day of the document, `YYYY-MM-DD`. */
  readonly asOf: string;
}

const vmMatrix = { source: 'Support matrix for Azure VM backups', asOf: '2026-03-26' };

/** Windows versions of agent-based backup: Windows Server 2016, 2019, 2022, 2025, Windows 10 and 11. */
export const windowsVersions = {
  name: 'Windows versions of agent-based backup',
  ...vmMatrix,
  /** Windows Server 2016 and Windows 10 of the same year. */
  supportedFrom: [10, 0, 14393],
  /** Windows Server 2008 R2: from it to 2012 R2 they were on the list until early 2026. */
  droppedFrom: [6, 1],
  /** Names and image SKUs, for where no version number was reported. */
  supportedNames: /2016|2019|2022|2025|win(dows)?[- ]?1[01]/i,
  droppedNames: /2012|2008[- ]?r2/i,
  olderNames: /2008|2003/,
};

/** Distributions of which the matrix says that agent-based backup does not take them; Flatcar is unconfirmed. */
export const containerLinux = { name: 'Container Linux', ...vmMatrix, names: /coreos|flatcar|kinvolk/i };

/** Image publishers of endorsed Linux distributions. The matrix names no publishers: the list itself is unconfirmed. */
export const endorsedLinux = {
  name: 'Endorsed Linux distributions',
  ...vmMatrix,
  publishers: [
    'canonical',
    'redhat',
    'suse',
    'oracle',
    'debian',
    'microsoftcblmariner',
    'almalinux',
    'resf',
    'openlogic',
  ],
};

/** Disks of one VM. Sizes are in GiB; `encrypted` speaks of Azure Disk Encryption. */
export const diskLimits = {
  name: 'Limits of the disks of a VM',
  ...vmMatrix,
  dataDisks: 32,
  size: 65_536,
  sizeOfAll: 524_288,
  encryptedSize: 4096,
};

/** The least size of a VM; `memoryGiB` is 1 GB in the words of the matrix. */
export const smallestVm = { name: 'Least size of a VM', ...vmMatrix, vCpus: 2, memoryGiB: 1 };

/** What vaults and policies hold at most. */
export const vaultLimits = {
  name: 'Limits of vaults and policies',
  source: 'Support matrix for Azure Backup',
  asOf: '2026-03-25',
  vms: 1000,
  dataSources: 2000,
  vmsPerPolicy: 100,
};

/** Regions of the preview of backup for Confidential VMs; in March 2026 the list moved to a page that was not found. */
export const confidentialRegions = {
  name: 'Regions for Confidential VMs',
  source: 'Back up Confidential VM (preview)',
  asOf: '2026-01-28',
  regions: ['uaenorth', 'koreacentral', 'switzerlandnorth', 'westcentralus', 'southafricanorth', 'uksouth'],
};

/** Oldest VM agents that Microsoft supports. */
export const supportedAgents = {
  name: 'Supported VM agents',
  source: 'Minimum version support for VM agents',
  asOf: '2025-09-15',
  windows: '2.7.41491.1010',
  linux: '2.2.53.1',
};

/** Oldest VM agent that backup works with, unchanged since 2015. */
export const backupAgents = {
  name: 'VM agents of backup',
  source: 'Back up Azure VMs in a Recovery Services vault',
  asOf: '2026-03-25',
  windows: '2.6.1198.718',
};

/** What Azure Backup Server asks of its machine. Spaces are in GiB; a share is a part of the data that goes to the cloud. */
export const backupServerNeeds = {
  name: 'Requirements of Azure Backup Server',
  source: 'Install and upgrade Azure Backup Server',
  asOf: '2026-01-21',
  coresInAzure: 4,
  coresOnPremises: 2,
  memoryGiB: 8,
  agent: '2.0.9249.0',
  extractGiB: 4,
  scratchShare: 0.05,
  /** Twice the protected size: ten days of a tenth of daily change. */
  storageFactor: 2,
  /** Windows Server 2019 and 2022 for version 4; 2016 for version 3 as well. */
  windows: /2019|2022|10\.0\.(?:17763|20348)/,
  windowsOfVersion3: /2016|10\.0\.14393/,
  /** First number of the product's version, by generation (unconfirmed). */
  generations: { 13: 'v3', 14: 'v4' } as Readonly<Record<string, string>>,
  serversPerVault: 50,
};

const supportLists: readonly SupportList[] = [
  windowsVersions,
  containerLinux,
  endorsedLinux,
  diskLimits,
  smallestVm,
  vaultLimits,
  confidentialRegions,
  supportedAgents,
  backupAgents,
  backupServerNeeds,
];

/** A list is too old to rest on after this. */
const freshForDays = 180;
const millisecondsPerDay = 86_400_000;

/** A list that is too old, and how old it is in whole days. */
export interface StaleList extends SupportList {
  readonly ageDays: number;
}

/** The lists that are older than 180 days, the oldest first. */
export function staleLists(now: Date): readonly StaleList[] {
  return supportLists
    .map(({ name, source, asOf }) => ({
      name,
      source,
      asOf,
      ageDays: Math.floor((now.getTime() - Date.parse(`${asOf}T00:00:00Z`)) / millisecondsPerDay),
    }))
    .filter(({ ageDays }) => ageDays > freshForDays)
    .toSorted((a, b) => b.ageDays - a.ageDays || a.name.localeCompare(b.name));
}
