import type { Schedule } from './schedule.ts';

/** A backup policy for Azure VMs. What is absent could not be understood. */
export interface BackupPolicy {
  readonly id: string;
  readonly name: string;
  /** How many items the policy itself counts, whoever may see them. */
  readonly itemsAssigned?: number;
  /** `V1` is Standard (also where Azure leaves it out), `V2` is Enhanced. */
  readonly subtype?: 'Standard' | 'Enhanced';
  readonly schedule?: Schedule;
  /** How long the points of single runs are kept, whichever schedule the policy has. */
  readonly retention?: Retention;
  /** It keeps weekly, monthly or yearly points beyond those; absent = none. */
  readonly keepsFurther?: true;
  /** Days for which snapshots stay for an instant restore. */
  readonly instantRestoreDays?: number;
  /** `OnlyCrashConsistent` for agentless backup; absent = application-consistent. */
  readonly snapshotConsistency?: string;
  /** Name of the resource group of the restore points, where the policy gives one. */
  readonly restorePointGroup?: { readonly prefix: string; readonly suffix: string };
}

/** Days or weeks for which daily or weekly points are kept; monthly and yearly points come on top. */
export type Retention =
  | { readonly kind: 'daily'; readonly days: number }
  | { readonly kind: 'weekly'; readonly weeks: number };

/** The policy that Backstop would create: Enhanced, daily, kept for 30 days, instant restore for 7 (ruling 25). */
export const templatePolicy: BackupPolicy = {
  id: '',
  name: 'EnhancedPolicy (template of Backstop)',
  subtype: 'Enhanced',
  schedule: { kind: 'daily', gapHours: 24 },
  retention: { kind: 'daily', days: 30 },
  instantRestoreDays: 7,
};
