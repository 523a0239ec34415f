/** The settings of the judgement: what the rules leave to the organisation. Defaults stand in `lib/config.ts`. */
export interface JudgementSettings {
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
  readonly environments: Readonly<Record<string, { readonly rpoHours?: number | undefined }>>;
  /** Tag of a VM with the LUNs that may be left out of its backup, comma-separated. */
  readonly exemptLunsTagName: string;
  /** Image publishers of endorsed Linux distributions, compared without case. */
  readonly endorsedLinuxPublishers: readonly string[];
}
