import type { Cell } from '../domain/cell.ts';
import type { ArmId } from '../domain/ids.ts';

/** Why a subscription, a shard or a read is missing from a run. */
export interface Gap {
  readonly what: string;
  readonly cause: string;
  readonly detail: string;
  /** Seconds after which Azure wants to be asked again, where it said so. */
  readonly retryAfterSeconds?: number;
  /** Whether it might have been read a little later. */
  readonly mayPass?: true;
}

/** How many networks of VMs were judged, and how many of them differed: the others cost a look-up. */
export interface NetworkStatistics {
  readonly vms: number;
  readonly configurations: number;
}

/** What reading took: pages and rows of Resource Graph, and what happened on the way. */
export interface ReadCosts {
  readonly pages: number;
  readonly rows: number;
  /** Answers that said: too many requests. */
  readonly throttles: number;
  /** Requests that were made again after a failure that passes. */
  readonly retries: number;
  /** Milliseconds for which requests were held back, so as to stay within the quota. */
  readonly waitedMs: number;
}

/** Nothing was read. */
export const noCosts: ReadCosts = { pages: 0, rows: 0, throttles: 0, retries: 0, waitedMs: 0 };

/** VMs that were read singly, and those that would have been, had the run not been limited. */
export interface LookCounts {
  readonly made: number;
  readonly left: number;
}

/** One sweep. Instants are ISO 8601 UTC. */
export interface Run {
  readonly runId: string;
  /** All VMs in scope, those of some subscriptions, or only those around which something changed. */
  readonly kind: 'full' | 'part' | 'changes';
  /** Of a run about a part of the scope: its subscriptions. */
  readonly only?: readonly string[];
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly state: 'planning' | 'running' | 'complete' | 'incomplete' | 'failed';
  readonly trigger: 'timer' | 'request' | 'event';
  /** Of a run about changes: from when on they were looked for. */
  readonly changesSince?: string;
  /** Of a run about changes: how many resources changed. */
  readonly changes?: number;
  readonly subscriptionsExpected: number;
  readonly subscriptionsRead: number;
  readonly shards: number;
  readonly shardsDone: number;
  /** VMs by the count of the plan, and VMs whose rows were read. */
  readonly vmsExpected: number;
  readonly vms: number;
  /** VMs that were judged; a run about changes leaves out those that have nothing to do with them. */
  readonly judged: number;
  readonly changed: number;
  readonly retired: number;
  /** Absent until a shard is done; networks are shared within a page of VMs. */
  readonly networks?: NetworkStatistics;
  readonly reads: ReadCosts;
  readonly looks: LookCounts;
  /** By rule: VMs of which it could not tell because something could not be read. */
  readonly rulesUnknown: Readonly<Record<string, number>>;
  readonly gaps: readonly Gap[];
}

/** VMs of one subscription in one region, as they were counted by the plan. */
export interface CountedCell extends Cell {
  readonly vms: number;
}

/** A part of a sweep: whole subscriptions, small ones bundled. */
export interface Shard {
  readonly shardId: string;
  readonly cells: readonly CountedCell[];
  readonly vmsExpected: number;
  /** Of a run about changes: lower-cased ids of what changed. Only VMs that have to do with it are judged. */
  readonly changed?: readonly ArmId[];
  readonly report?: ShardReport;
}

/** What became of a shard. */
export interface ShardReport {
  readonly outcome: 'done' | 'failed';
  /** When it was begun to be read. */
  readonly startedAt: string;
  readonly vms: number;
  readonly judged: number;
  readonly changed: number;
  readonly retired: number;
  /** Other subscriptions in which something stands that VMs of this shard refer to, or are protected by. */
  readonly reaches?: readonly string[];
  /** Absent if nothing was judged. */
  readonly networks?: NetworkStatistics;
  readonly reads: ReadCosts;
  readonly looks: LookCounts;
  readonly rulesUnknown: Readonly<Record<string, number>>;
  readonly gaps: readonly Gap[];
  readonly finishedAt: string;
}

/** Nothing was counted: before the first VM was read, or when none could be. */
export const noCounts = {
  vms: 0,
  judged: 0,
  changed: 0,
  retired: 0,
  reads: noCosts,
  looks: { made: 0, left: 0 },
  rulesUnknown: {},
} as const satisfies Partial<Run>;
