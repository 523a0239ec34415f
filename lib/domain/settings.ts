import type { Engagement } from './engagement.ts';

/** The settings of the judgement: what the rules leave to the organisation. Defaults stand in `lib/config.ts`. */
export interface JudgementSettings {
  /** The rules of engagement, from `backstop.json`; absent: nothing is planned. */
  readonly engagement?: Engagement;
  /** Company RPO in hours of the default environment; shortens the limit of `health-rpo`. */
  readonly rpoHours: number;
  /** Hours within which a scheduled run starts. */
  readonly rpoStartWindowHours: number;
  /** Grace of `health-rpo` for daily and weekly policies, in hours. */
  readonly rpoGraceHoursDaily: number;
  /** Grace of `health-rpo` for hourly policies, in hours. */
  readonly rpoGraceHoursHourly: number;
  /** Grace of the first backup, in hours. */
  readonly initialBackupGraceHours: number;
  /** Fewest days for which daily points are kept. */
  readonly minRetentionDays: number;
  /** Days for which snapshots should stay for an instant restore; 0 = no wish. */
  readonly minInstantRestoreDays: number;
  /** Fewest days of soft-delete retention of a vault. */
  readonly minSoftDeleteDays: number;
  /** Allowed redundancies of a vault. */
  readonly allowedRedundancy: readonly string[];
  /** Whether vaults must be able to restore in the paired region. */
  readonly requireCrossRegionRestore: boolean;
  /** Whether VMs in an availability zone need a vault that can restore into another zone. */
  readonly requireZoneRestore: boolean;
  /** Least immutability of a vault. */
  readonly minImmutability: 'Disabled' | 'Unlocked' | 'Locked';
  /** Most data disks that Azure Backup takes. */
  readonly maxDataDisks: number;
  /** Oldest Windows agent that Microsoft supports, and the oldest that backup works with. */
  readonly minWindowsAgent: string;
  readonly minWindowsAgentForBackup: string;
  /** Oldest Linux agent that Microsoft supports. */
  readonly minLinuxAgent: string;
  /** Whether the service may enable protection. */
  readonly autoEnable: boolean;
  /** The api-version with which protection is enabled. */
  readonly backupApiVersion: string;
  /** Regions in which Confidential VMs can be backed up. */
  readonly confidentialVmRegions: readonly string[];
  /** Object id of Backup Management Service in this tenant, as key vaults know it. */
  readonly backupManagementServiceObjectId: string | undefined;
  /** Whether the service creates a vault where a region has none. */
  readonly createVaults: boolean;
  /** Names that it would give them, by region. */
  readonly newVaultNames: Readonly<Record<string, string>>;
  /** A vault of another subscription (same tenant, same region) may be used. */
  readonly allowCrossSubscriptionVaults: boolean;
  /** Ids of the vaults in which items are expected; empty = every vault that was read. */
  readonly expectedVaults: readonly string[];
  /** Name of the policy that a VM without an item would get. */
  readonly defaultPolicyName: string;
  /** Tag that exempts a VM; empty = nobody is exempt. */
  readonly exclusionTagName: string;
  readonly exclusionTagValues: readonly string[];
  /** Tag with the last day of the exemption, `YYYY-MM-DD`. */
  readonly exclusionUntilTagName: string;
  /** Tags read on VM, resource group, subscription for the environment; the first wins. */
  readonly environmentTagNames: readonly string[];
  readonly defaultEnvironment: string;
  /** Per environment the settings that differ from the top level. */
  readonly environments: Readonly<Record<string, EnvironmentSettings>>;
  /** Tag and value of a domain controller. */
  readonly domainControllerTagName: string;
  readonly domainControllerTagValue: string;
  /** Tag with which a VM declares where its data lies. */
  readonly dataLocationTagName: string;
  /** Tag with which a VM declares its proxy. */
  readonly proxyTagName: string;
  /** Tag of a VM with the LUNs that may be left out of its backup, comma-separated. */
  readonly exemptLunsTagName: string;
  /** Image publishers of endorsed Linux distributions, compared without case. */
  readonly endorsedLinuxPublishers: readonly string[];
}

/** What an environment may require differently from the top level. */
export type EnvironmentSettings = {
  readonly [Key in EnvironmentSetting]?: JudgementSettings[Key] | undefined;
};

/** Settings that may differ between environments. */
export type EnvironmentSetting =
  | 'rpoHours'
  | 'minRetentionDays'
  | 'minSoftDeleteDays'
  | 'minInstantRestoreDays'
  | 'allowedRedundancy'
  | 'requireCrossRegionRestore'
  | 'requireZoneRestore'
  | 'minImmutability';
