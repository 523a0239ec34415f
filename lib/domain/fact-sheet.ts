import type { AzurePolicy } from './azure-policy.ts';
import type { BackupPolicy } from './backup-policy.ts';
import type { DiskInventory } from './disk-resource.ts';
import type { VmExtension } from './extension.ts';
import type { Fact } from './fact.ts';
import type { ArmId } from './ids.ts';
import type { KeyVault } from './key-access.ts';
import type { Lock } from './lock.ts';
import type { AgentReport, Disk, GuestOs, Machine, PowerState, Tags } from './machine.ts';
import type { NetworkInput } from './network-rows.ts';
import type { NicInventory } from './nic.ts';
import type { Permission } from './permission.ts';
import type { BackupJob, ItemInventory, VaultInventory } from './protection.ts';
import type { BackupProvider } from './provider.ts';
import type { RegisteredExemption } from './registered-exemption.ts';
import type { RestorePoints } from './restore-points.ts';
import type { Loads } from './vault-load.ts';
import type { NameAvailability } from './vault-name.ts';
import type { VmSizes } from './vm-size.ts';

/** What the facts are facts about: everything that can be known about one VM. */
export interface Facts {
  readonly vm: Machine;
  readonly tags: Tags;
  /** Tags of the resource group and the subscription, in this order. */
  readonly inheritedTags: readonly Tags[];
  readonly disks: readonly Disk[];
  readonly diskResources: DiskInventory;
  readonly extensions: readonly VmExtension[];
  readonly nics: NicInventory;
  readonly network: NetworkInput;
  readonly guestOs: GuestOs;
  readonly power: PowerState;
  readonly agent: AgentReport;
  /** Orchestration mode of the scale set of the VM (`Flexible`, `Uniform`); `none` where it belongs to none. */
  readonly scaleSetMode: string;
  /** Sizes that Azure offers in the VM's subscription and region. */
  readonly vmSizes: VmSizes;
  /** Key vaults by id, of VMs with Azure Disk Encryption; one that is not listed could not be seen. */
  readonly keyVaults: ReadonlyMap<ArmId, KeyVault>;
  readonly vaults: VaultInventory;
  readonly items: ItemInventory;
  /** Policy of the judged item; `none` where there is no item or the item has no policy. */
  readonly policy: BackupPolicy | 'none';
  /** All policies that could be read, by id. */
  readonly policies: ReadonlyMap<ArmId, BackupPolicy>;
  readonly loads: Loads;
  /** Whether the name of a vault that the service would create in the VM's region is free; `none` where it creates none. */
  readonly newVaultName: NameAvailability | 'none';
  /** Backup jobs of the judged item in the last week that run or did not complete; newest first. */
  readonly jobs: readonly BackupJob[];
  /** When protection of the judged item was configured (ISO 8601); `none` where there is no item. */
  readonly protectedSince: string | 'none';
  readonly restorePoints: RestorePoints;
  /** All locks in the VM's subscription. */
  readonly locks: readonly Lock[];
  /** Azure Backup in the VM's subscription. */
  readonly provider: BackupProvider;
  /** Assignments and exemptions of Azure Policy whose scope contains the VM. */
  readonly azurePolicy: AzurePolicy;
  /** Exemptions of Backstop's own register whose scope contains the VM. */
  readonly exemptions: readonly RegisteredExemption[];
  /** What the service may do in the VM's subscription. */
  readonly permissions: readonly Permission[];
}

export type FactName = keyof Facts;

/** Each fact of one VM, known or unknown with its cause. */
export type FactSheet = { readonly [Name in FactName]: Fact<Facts[Name]> };
