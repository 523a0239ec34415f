import type { Fact } from './fact.ts';
import type { AgentReport, Disk, GuestOs, Machine, PowerState, Tags } from './machine.ts';
import type { BackupJob, ItemInventory, VaultInventory } from './protection.ts';
import type { BackupPolicy } from './schedule.ts';

/** What the facts are facts about: everything that can be known about one VM. */
export interface Facts {
  readonly vm: Machine;
  readonly tags: Tags;
  /** Tags of the resource group and the subscription, in this order. */
  readonly inheritedTags: readonly Tags[];
  readonly disks: readonly Disk[];
  readonly guestOs: GuestOs;
  readonly power: PowerState;
  readonly agent: AgentReport;
  readonly vaults: VaultInventory;
  readonly items: ItemInventory;
  /** Policy of the judged item; `none` where there is no item or the item has no policy. */
  readonly policy: BackupPolicy | 'none';
  /** Backup jobs of the judged item in the last week that run or did not complete; newest first. */
  readonly jobs: readonly BackupJob[];
  /** When protection of the judged item was configured (ISO 8601); `none` where there is no item. */
  readonly protectedSince: string | 'none';
}

export type FactName = keyof Facts;

/** Each fact of one VM, known or unknown with its cause. */
export type FactSheet = { readonly [Name in FactName]: Fact<Facts[Name]> };
