import type { AzurePolicy } from '../domain/azure-policy.ts';
import type { BackupPolicy } from '../domain/backup-policy.ts';
import type { Cell } from '../domain/cell.ts';
import type { VmExtension } from '../domain/extension.ts';
import type { Fact } from '../domain/fact.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import type { ArmId, VmAddress } from '../domain/ids.ts';
import type { ResourceFinding } from '../domain/judge-resources.ts';
import type { RoleAssignment } from '../domain/key-access.ts';
import type { Lock } from '../domain/lock.ts';
import type { Machine, Tags } from '../domain/machine.ts';
import type { Permission } from '../domain/permission.ts';
import type { Posture } from '../domain/posture.ts';
import type { BackupJob, ProtectedItem, Vault } from '../domain/protection.ts';
import type { BackupProvider } from '../domain/provider.ts';
import type { ExemptionOrigin } from '../domain/registered-exemption.ts';
import type { ResourceSheet } from '../domain/resource.ts';
import type { Severity } from '../domain/rule.ts';
import type { Standing } from '../domain/standing.ts';
import type { Surroundings } from '../domain/surroundings.ts';
import type { TrendOfPart } from '../domain/trend.ts';
import type { NameAvailability } from '../domain/vault-name.ts';
import type { VmSizes } from '../domain/vm-size.ts';
import type { Evaluated, EvaluatedHead, Transition } from './evaluated.ts';
import type { SnapshotMessage } from './evidence-ports.ts';
import type { ExemptionRegister } from './exemption-ports.ts';
import type { ReadCosts, Run, Shard, ShardReport } from './run.ts';
import type { ServerReads, Servers } from './server-ports.ts';

/** The facts that one read of a VM gives: its model and what it runs. */
export type MachineFacts = Pick<FactSheet, 'tags' | 'disks' | 'guestOs' | 'power' | 'agent'> & {
  readonly vm: Extract<FactSheet['vm'], { kind: 'known' }>;
  readonly interfaces: Fact<Interfaces>;
};

/** The network interfaces that a VM names, and its row as the network rules read it. */
export interface Interfaces {
  readonly ids: readonly ArmId[];
  /** The one that the VM marks as primary. */
  readonly primary?: ArmId;
  readonly row: unknown;
  /** The row without its interfaces: where there is only one, that they are named says nothing. */
  readonly rowAside: unknown;
}

/** A protected item with the VM that it names as its source. */
export interface ItemOfVm {
  readonly source: ArmId;
  readonly item: ProtectedItem;
}

/** Jobs, and the vaults with a job that makes no sense: it may be anybody's in that vault. */
export interface ReadJobs {
  readonly jobs: readonly JobOfContainer[];
  readonly unreadableIn: readonly ArmId[];
}

/** A job with what it worked on in its vault: a container, or a VM where the container is not told. */
export interface JobOfContainer {
  readonly vaultId: ArmId;
  readonly containerName?: string;
  readonly vm?: ArmId;
  readonly job: BackupJob;
}

export interface Subscription {
  readonly subscriptionId: string;
  readonly name: string;
  readonly state: string;
}

/** Rows of a vault by state, as Resource Graph shows them: items of every kind, and those of VMs among the live ones. */
export interface ItemCount {
  readonly live: number;
  readonly liveVms: number;
  readonly all: number;
}

/** What Resource Graph shows of items, by vault and, of live VMs, by policy. */
export interface ItemCounts {
  readonly vaults: ReadonlyMap<ArmId, ItemCount>;
  readonly policies: ReadonlyMap<ArmId, number>;
}

/** Protected items with their VMs. */
export interface ReadItems {
  readonly items: readonly ItemOfVm[];
  /** Regions of vaults with an item that does not tell its VM. */
  readonly unreadableIn: readonly string[];
}

/** Subscriptions and resource groups. */
export interface Containers {
  /** Tags by the lower-cased id of the subscription or the group. */
  readonly tags: ReadonlyMap<ArmId, Tags>;
  /** States of subscriptions by their lower-cased GUID. */
  readonly states: ReadonlyMap<string, string>;
  /** Lower-cased names of the management groups above a subscription, by its GUID; absent where Azure does not say. */
  readonly managementGroups: ReadonlyMap<string, readonly string[]>;
}

/** Whose surroundings are read: of the VMs in some regions of some subscriptions, or only what no VM names by its id. */
export interface SurroundingsScope {
  /** Absent: everything that may be read. */
  readonly subscriptionIds?: readonly string[];
  /** Absent: all regions. */
  readonly regions?: readonly string[];
  /** Only gateways, firewalls, private endpoints and DNS links; with the restore point collections of one VM. */
  readonly onlyLookedFor?: { readonly vm?: ArmId };
  /** Not what belongs to one VM only: its disks, interfaces and extensions. */
  readonly withoutParts?: boolean;
}

/** VMs whose rows came together, in the order of their ids. */
export interface MachinePage {
  readonly machines: readonly MachineFacts[];
  /** Ids of rows that make no sense: such a VM exists, but cannot be judged. */
  readonly unreadable: readonly string[];
  /** Disks, interfaces and extensions of these VMs. */
  readonly parts: Fact<Surroundings>;
}

/** Security admin rules and rules of firewall policies, as rows. */
export interface NetworkRules {
  /** By virtual network: the security admin rules that apply to it; `null` where they could not be read. */
  readonly adminRules: ReadonlyMap<ArmId, readonly unknown[] | null>;
  readonly firewallRuleCollectionGroups: readonly unknown[];
}

/** Redundancy of a vault by its own setting; what is absent Azure did not say. */
export type StorageSetting = Pick<Vault, 'redundancy' | 'redundancyState' | 'crossRegionRestore'>;
/** Soft delete of a vault by its own setting; what is absent Azure did not say. */
export type SecuritySetting = Pick<Vault, 'softDeleteState' | 'softDeleteDays'>;

/** Bulk reads over the whole scope (Resource Graph). What could not be read is unknown, never an empty list. */
export interface Inventory {
  subscriptions(): Promise<Fact<readonly Subscription[]>>;
  machineCounts(): Promise<Fact<readonly (Cell & { readonly vms: number })[]>>;
  /** VMs of cells, page by page; one page that is unknown ends it, and what came before it was not all. */
  machines(cells: readonly Cell[]): AsyncIterable<Fact<MachinePage>>;
  vaults(): Promise<Fact<readonly Vault[]>>;
  /** Items of the VMs of some subscriptions, or of one VM, whatever vault holds them; or of all VMs those that are not live. */
  items(
    of: { readonly subscriptionIds: readonly string[] } | { readonly vm: ArmId } | 'not-live',
  ): Promise<Fact<ReadItems>>;
  /** VMs with more than one live item. */
  vmsWithSeveralItems(): Promise<Fact<ReadonlySet<ArmId>>>;
  itemCounts(): Promise<Fact<ItemCounts>>;
  policies(): Promise<Fact<readonly BackupPolicy[]>>;
  /** Configurations of protection, and the backups of the last week that run or did not complete. */
  backupJobs(): Promise<Fact<ReadJobs>>;
  /** Subscriptions and resource groups, of everything that may be read. */
  containers(): Promise<Fact<Containers>>;
  surroundings(of: SurroundingsScope): Promise<Fact<Surroundings>>;
  /** Rules of networks and firewalls. */
  networkRules(): Promise<Fact<NetworkRules>>;
  /** Assignments and exemptions at, above and below all subscriptions. */
  azurePolicy(): Promise<Fact<AzurePolicy>>;
  /** Roles that are assigned at, above and below some subscriptions. */
  roleAssignments(subscriptionIds: readonly string[]): Promise<Fact<readonly RoleAssignment[]>>;
  /** What change records name since an instant (ISO 8601): VMs, and what stands around them. */
  changes(since: string): Promise<Fact<readonly ArmId[]>>;
  /** What is left of classic Azure. */
  classicResources(): Promise<Omit<ResourceSheet, 'itemsWithoutVm'>>;
  /** Where VMs with live items stand, or stood. */
  itemCells(): Promise<Fact<readonly Cell[]>>;
}

/** One VM read from ARM now: its facts, gone, or unknown. */
export type MachineReading =
  | { readonly kind: 'known'; readonly facts: MachineFacts }
  | { readonly kind: 'gone' }
  | Extract<Fact<never>, { kind: 'unknown' }>;

/** Reads of single resources from ARM: fresh, and the proof that a bulk read was complete. */
export interface Arm {
  /** One VM; its tenant is asked for if it is not given. */
  machine(vm: VmAddress & { readonly tenantId?: string }): Promise<MachineReading>;
  /** Vaults of a subscription as ARM lists them. */
  vaultsOf(subscriptionId: string): Promise<Fact<readonly Vault[]>>;
  /** The vault's own count of its protected items. */
  itemCountOf(vault: Vault): Promise<Fact<number>>;
  /** The live item of a VM by Azure Backup's own status; `none` where it is not protected. Costs a write of the ARM budget. */
  itemOf(vm: Machine): Promise<Fact<ProtectedItem | 'none'>>;
  /** Resources by their ids; what cannot be read is among the missing, with the cause. */
  resources(ids: readonly ArmId[]): Promise<Surroundings>;
  extensionsOf(vm: VmAddress): Promise<Fact<readonly VmExtension[]>>;
  /** All restore point collections of a subscription, without their points. */
  restorePointCollectionsOf(subscriptionId: string): Promise<Fact<Surroundings>>;
  /** How many restore points a collection holds. */
  restorePointsIn(collection: ArmId): Promise<Fact<number>>;
  /** All locks in a subscription. */
  locksIn(subscriptionId: string): Promise<Fact<readonly Lock[]>>;
  /** Azure Backup in a subscription. */
  providerIn(subscriptionId: string): Promise<Fact<BackupProvider>>;
  /** What the service may do in a subscription. */
  permissionsIn(subscriptionId: string): Promise<Fact<readonly Permission[]>>;
  /** VM sizes that Azure offers to a subscription in a region. */
  vmSizesIn(subscriptionId: string, region: string): Promise<Fact<VmSizes>>;
  storageSettingOf(vault: Vault): Promise<Fact<StorageSetting>>;
  securitySettingOf(vault: Vault): Promise<Fact<SecuritySetting>>;
  /** Whether a vault in a region may be called so; asked for the subscription of a VM, by way of its resource group. */
  vaultNameIn(vm: VmAddress, region: string, name: string): Promise<Fact<NameAvailability>>;
}

/** A stored row with the token of its version; the token of a new row is absent. */
export interface Stored<T> {
  readonly value: T;
  readonly version?: string;
}

/** Filter of a list of VMs; absent fields do not filter. */
export interface VmFilter {
  readonly verdict?: string | undefined;
  readonly rule?: string | undefined;
  readonly subscription?: string | undefined;
  readonly subscriptions?: readonly string[] | undefined;
  readonly region?: string | undefined;
  /** Those that are exempt by something of this origin. */
  readonly exemptBy?: ExemptionOrigin | undefined;
  /** Those with a plan, or those with a reason why there is none. */
  readonly plan?: 'plan' | 'none' | undefined;
  readonly resourceGroup?: string | undefined;
  readonly owner?: string | undefined;
  /** With a failing rule for this reason. */
  readonly reason?: string | undefined;
  /** With a failing rule of this severity. */
  readonly severity?: Severity | undefined;
  /** Whose row was written at this instant (ISO 8601) or later: something that it says became another one. */
  readonly changedSince?: string | undefined;
  /** Part of the name or the resource group, any case. */
  readonly q?: string | undefined;
}

/** Where a page of VMs ended: the keys of its last row. */
export interface PagePosition {
  readonly subscriptionId: string;
  readonly vmKey: string;
}

/** Latest evaluation per VM. */
export interface Evaluations {
  find(subscriptionId: string, vmKey: string): Promise<Stored<Evaluated> | undefined>;
  findByKey(vmKey: string): Promise<Evaluated | undefined>;
  /** The heads of all rows of a subscription, by vmKey. */
  headsOf(subscriptionId: string): Promise<ReadonlyMap<string, Stored<EvaluatedHead>>>;
  /** All rows that a filter selects, in the order of pages, as they are read. */
  each(filter: VmFilter): AsyncIterable<Evaluated>;
  /** The same without their words, which takes a fraction of the time; what is found in words cannot be filtered by. */
  eachHead(filter: Omit<VmFilter, 'reason' | 'severity'>): AsyncIterable<EvaluatedHead>;
  page(
    filter: VmFilter,
    size: number,
    after?: PagePosition,
  ): Promise<{ rows: readonly Evaluated[]; next?: PagePosition }>;
  /** Writes one row if its version is still the one given; answers whether it was. */
  write(row: Stored<Evaluated>): Promise<boolean>;
  /** Writes many rows of one subscription; answers those whose version had changed. */
  writeAll(rows: readonly Stored<Evaluated>[]): Promise<readonly Stored<Evaluated>[]>;
}

/** Filter of the list of changes; absent fields do not filter. */
export interface ChangeFilter {
  readonly subscription?: string | undefined;
  readonly subscriptions?: readonly string[] | undefined;
  readonly region?: string | undefined;
  /** What the VM became. */
  readonly to?: Transition['to'] | undefined;
  readonly owner?: string | undefined;
}

/** The changes to list: those of the days from the first to the last, and none from before an instant (ISO 8601). */
export interface ChangeSpan {
  readonly since: string;
  /** The newest day (`YYYY-MM-DD`). */
  readonly lastDay: string;
}

/** Where a page of changes ended: the day and the key of its last row. */
export interface ChangePosition {
  readonly day: string;
  readonly key: string;
}

/** The history of changes, of each VM and of all VMs by time. */
export interface Transitions {
  /** Adds changes; the same change again (VM and revision) replaces itself and keeps its time. */
  add(transitions: readonly Transition[]): Promise<void>;
  /** The newest changes of a VM; of those that led to a revision below one, if that is given. */
  of(vmKey: string, limit: number, below?: number): Promise<readonly Transition[]>;
  /** The changes of all VMs in a span of time, newest first, a page at a time. */
  since(
    span: ChangeSpan,
    filter: ChangeFilter,
    size: number,
    after?: ChangePosition,
  ): Promise<{ rows: readonly Transition[]; next?: ChangePosition }>;
}

/** Some of the cells; absent fields leave none out. */
export interface PostureScope {
  readonly subscriptions?: readonly string[] | undefined;
  readonly region?: string | undefined;
}

/** Where something was counted: in one region, either in one subscription (a cell) or in a group of them (a slice). */
export interface PlaceOfCounts {
  readonly region: string;
  readonly subscriptionId?: string;
}

/** The counts of a place. */
export interface PartOfPosture extends PlaceOfCounts {
  readonly posture: Posture;
}

/**
 * Counts, kept in two ways that always agree: by cell, and by slice, which is all cells of one region in a group of
 * subscriptions. There are as many slices as regions times a few, whatever the size of the tenant.
 */
export interface Postures {
  latest(): Promise<readonly (Cell & { readonly posture: Posture })[]>;
  /** The cells of a scope: now, or at the end of a day (`YYYY-MM-DD`), which is that of the last change before its end. */
  cells(scope: PostureScope, day?: string): Promise<readonly (Cell & { readonly posture: Posture })[]>;
  /** The slices of all regions or of one, likewise. */
  slices(region: string | undefined, day?: string): Promise<readonly PartOfPosture[]>;
  /** What changed in the cells of a scope (of all subscriptions: in the slices) since the month of a day. */
  trend(scope: PostureScope, sinceDay: string): Promise<readonly TrendOfPart[]>;
  /** Replaces the counts of a cell, for now and for the given day (`YYYY-MM-DD`). */
  replace(cell: Cell, posture: Posture, day: string): Promise<void>;
  /** Changes the counts of a cell by what one VM no longer and now contributes, for now and for the given day. */
  adjust(cell: Cell, change: (posture: Posture) => Posture, day: string): Promise<void>;
}

/** A subscription that a run covers. */
export interface CoveredSubscription extends Subscription {
  /** Lower-cased names of the management groups above it; empty where Azure does not say. */
  readonly managementGroups: readonly string[];
  /** Since when it is no longer shown (ISO 8601), of one that an earlier sweep covered. */
  readonly lostAt?: string;
}

/** Sweeps, their shards and their progress. */
export interface Runs {
  /** Claims the one place for a running sweep, also again; answers the run that holds it otherwise. */
  claim(run: Run): Promise<Run | 'claimed'>;
  find(runId: string): Promise<Run | undefined>;
  /** The newest runs, or the newest full sweeps. */
  newest(limit: number, kind?: 'full'): Promise<readonly Run[]>;
  /** How things stood that are compared with how they stand, when that was last noted. */
  standing(): Promise<Standing>;
  noteStanding(standing: Standing): Promise<void>;
  plan(run: Run, shards: readonly Shard[]): Promise<void>;
  /** All shards of a planned run are queued: it is running, unless they have already ended it. */
  queued(runId: string): Promise<void>;
  shard(runId: string, shardId: string): Promise<Shard | undefined>;
  shards(runId: string): Promise<readonly Shard[]>;
  finishShard(runId: string, shardId: string, report: ShardReport): Promise<void>;
  /** Stores the final state of a run and frees the place. */
  close(run: Run): Promise<void>;
  /** Stores which subscriptions a run covers; noted again, they are replaced. */
  noteSubscriptions(runId: string, subscriptions: readonly CoveredSubscription[]): Promise<void>;
  /** The subscriptions that a run covers; empty if none were noted. */
  subscriptionsOf(runId: string): Promise<readonly CoveredSubscription[]>;
  /** Stores what one part of a run found about resources that are no VMs; the same part again replaces it. */
  noteResources(runId: string, part: string, findings: readonly ResourceFinding[]): Promise<void>;
  /** What a run found about resources that are no VMs. */
  resourceFindings(runId: string): Promise<readonly ResourceFinding[]>;
}

/** What a message of `evaluate-vm` carries that has waited; absent in new ones and in those of earlier versions. */
interface Waited {
  /** When the message was to be delivered (ISO 8601): how late it comes tells how busy the service is. */
  readonly dueAt?: string | undefined;
  /** The bulk judgement that it waits for. */
  readonly bulkAt?: string | undefined;
}

/** Message of the queue `evaluate-vm`: a VM changed. */
export interface ChangeMessage extends Waited {
  readonly vmId: string;
  readonly change: 'written' | 'deleted';
  /** When the change happened (ISO 8601): newer evidence makes the message a no-op. */
  readonly changedAt: string;
  readonly eventId: string;
}

/** Message of the queue `evaluate-vm`: a newborn VM is to be looked at again. */
export interface CheckMessage extends Waited {
  readonly vmId: string;
  /** When (ISO 8601): evidence from then on makes the message a no-op. */
  readonly checkAt: string;
  /** When the VM was created, or first seen (ISO 8601). */
  readonly bornAt: string;
}

export type EvaluateMessage = ChangeMessage | CheckMessage;

/** Message of the queue `protect-vm`: a plan is to be carried out, or an attempt to be followed. */
export interface ProtectMessage {
  readonly vmId: string;
  readonly planId: string;
  readonly runId?: string | undefined;
  /** When what the plan was made from was read (ISO 8601): a row that did not change is not written anew. */
  readonly evidenceAt?: string | undefined;
  /** How often the attempt was looked at; absent: the plan is to be begun. */
  readonly follow?: number | undefined;
  /** How often Azure could not be asked. */
  readonly tries?: number | undefined;
}

/** Message of the queue `sweep-shard`; the shard `plan` stands for the planning of the run itself. */
export interface ShardMessage {
  readonly runId: string;
  readonly shardId: string;
  /** How often it has failed. */
  readonly attempt?: number;
}

/** What an Event Grid event says: which VM changed, how and when. Its state is never taken from the event. */
export type VmEvent =
  | {
      readonly kind: 'vm-changed';
      readonly eventId: string;
      readonly vm: VmAddress;
      readonly change: ChangeMessage['change'];
      readonly changedAt: string;
    }
  /** The event concerns something else, or makes no sense; `why` is for the log. */
  | { readonly kind: 'not-ours'; readonly eventId: string; readonly why: string };

/** Reads an event of Event Grid in either schema; never throws. */
export type ReadVmEvent = (raw: unknown) => VmEvent;

/** Message of the queue `make-export`: a report is to be written to a file. */
export interface ExportMessage {
  readonly exportId: string;
}

export type QueueName = 'evaluate-vm' | 'sweep-shard' | 'protect-vm' | 'take-snapshot' | 'make-export' | 'notify';

/** Takes a message back; one that is already being delivered stays. */
export type Withdraw = () => Promise<void>;

export interface Queues {
  evaluate(message: EvaluateMessage, delaySeconds: number): Promise<void>;
  /** Whether many messages of `evaluate-vm` are due and wait to be worked on; asked for every few seconds at most. */
  areEvaluationsMany(): Promise<boolean>;
  /** Answers how to take the message back before it is delivered. */
  sweepShard(message: ShardMessage, delaySeconds?: number): Promise<Withdraw>;
  /** A plan to carry out, or an attempt to follow; for the protector. */
  protect(message: ProtectMessage, delaySeconds: number): Promise<void>;
  /** A day's snapshot of the evidence. */
  takeSnapshot(message: SnapshotMessage, delaySeconds: number): Promise<void>;
  makeExport(message: ExportMessage): Promise<void>;
  /** Puts a message that nobody can process aside, as the host does after its last attempt. */
  putAside(queue: QueueName, text: string): Promise<void>;
}

/**
 * ARM's budget for evaluations of single VMs, per subscription. Each process keeps to most of what Azure grants to all of
 * them: what several together take too much, Azure refuses.
 */
export interface ArmBudget {
  /** Takes what one evaluation costs; answers whether there was room for it. */
  take(subscriptionId: string): boolean;
  /** Azure refused: there is no room for now. */
  refused(subscriptionId: string): void;
}

/** Subscriptions that are to be judged in bulk, as so many of their VMs changed that reading each of them would take too long. */
export interface BulkRequests {
  /**
   * Notes that a subscription is to be judged by a run, once however many ask. Answers `opened` to the first one who asks
   * that run for any subscription: it starts it.
   */
  ask(subscriptionId: string, runId: string): Promise<'opened' | 'joined'>;
  /** The subscriptions that a run was asked for. */
  askedFor(runId: string): Promise<readonly string[]>;
  /** Every VM of a subscription was judged from what was read since an instant (ISO 8601), changed rows or not. */
  noteJudged(subscriptionId: string, readAt: string): Promise<void>;
  /** Since when what was read for the last such judgement was read; `undefined` if there was none. */
  judgedAt(subscriptionId: string): Promise<string | undefined>;
}

/** Constant message, variables as fields; never a secret or personal data. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

export type Clock = () => Date;

/** Measures what Resource Graph is asked for during some work. What several works share counts for who asked first. */
export type Metered = <T>(work: () => Promise<T>) => Promise<{ readonly result: T; readonly costs: ReadCosts }>;

/** Everything the use cases need from outside. */
export interface Ports {
  readonly metered: Metered;
  readonly inventory: Inventory;
  readonly arm: Arm;
  readonly evaluations: Evaluations;
  readonly transitions: Transitions;
  readonly postures: Postures;
  readonly runs: Runs;
  readonly queues: Queues;
  readonly armBudget: ArmBudget;
  readonly bulkRequests: BulkRequests;
  readonly exemptions: ExemptionRegister;
  readonly serverReads: ServerReads;
  readonly servers: Servers;
  readonly readVmEvent: ReadVmEvent;
  readonly clock: Clock;
  readonly log: Log;
}
