/** A machine on which a backup server runs, or is to run, as far as Azure shows it or somebody describes it. Absent: not told. */
export interface ServerHost {
  readonly where: 'azure' | 'on-premises';
  /** ARM id of the VM, where it is one of Azure. */
  readonly vmId?: string;
  /** For example `Standard_D4s_v5`. */
  readonly vmSize?: string;
  readonly cores?: number;
  readonly memoryGiB?: number;
  /** Name or version of the operating system, for example `Windows Server 2022 Datacenter` or `10.0.20348`. */
  readonly os?: string;
  readonly isServerCore?: boolean;
  /** Roles beside that of a backup server. */
  readonly roles?: readonly string[];
  readonly isDomainJoined?: boolean;
  /** Where the SQL Server instance of the backup server runs. */
  readonly sqlServer?: 'bundled' | 'local' | 'remote';
  /** Free space for the setup files. */
  readonly freeGiB?: number;
  /** Space of the scratch (cache) location. */
  readonly scratchGiB?: number;
  /** Data that is to go to Azure. */
  readonly cloudDataGiB?: number;
  /** Data that is to be protected at all. */
  readonly protectedDataGiB?: number;
  /** Disks for the first copies, which stay on the server. */
  readonly storageGiB?: number;
  /** Whether a firewall or proxy lets the domains of Azure Backup through. */
  readonly canReachAzure?: boolean;
}

/** The Azure VM on which a server runs, as Backstop judged it last; `none` of a machine that is none of Azure's. */
export interface JudgedHostVm {
  readonly vmId: string;
  readonly name: string;
  readonly verdict: string;
  /** Failing rules of its networks, with what they say. */
  readonly networkFailures: readonly string[];
}

/** Roles that a backup server must not share its machine with, and what they are called in a sentence. */
export const conflictingRoles = {
  'domain-controller': 'domain controller',
  'application-server': 'Application Server',
  exchange: 'Exchange Server',
  scom: 'System Center Operations Manager',
  'cluster-node': 'cluster node',
  dpm: 'DPM',
} as const;

export type ConflictingRole = keyof typeof conflictingRoles;

/** The role that a word names, if it is one that conflicts. */
export function conflictingRole(word: string): ConflictingRole | undefined {
  const role = word.trim().toLowerCase();
  return role in conflictingRoles ? (role as ConflictingRole) : undefined;
}
