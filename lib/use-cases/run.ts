import type { Cell } from '../domain/cell.ts';

/** Why a subscription, a shard or a read is missing from a run. */
export interface Gap {
  readonly what: string;
  readonly cause: string;
  readonly detail: string;
}

/** How many networks of VMs were judged, and how many of them differed: the others cost a look-up. */
export interface NetworkStatistics {
  readonly vms: number;
  readonly configurations: number;
}

/** One sweep. Instants are ISO 8601 UTC. */
export interface Run {
  readonly runId: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly state: 'planning' | 'running' | 'complete' | 'incomplete' | 'failed';
  readonly trigger: 'timer' | 'request';
  readonly subscriptionsExpected: number;
  readonly subscriptionsRead: number;
  readonly shards: number;
  readonly shardsDone: number;
  /** VMs by the count of the plan, and VMs whose rows were read. */
  readonly vmsExpected: number;
  readonly vms: number;
  readonly changed: number;
  /** Absent until a shard is done; networks are shared within a shard only. */
  readonly networks?: NetworkStatistics;
  readonly gaps: readonly Gap[];
}

/** A part of a sweep: whole cells, small ones bundled. */
export interface Shard {
  readonly shardId: string;
  readonly cells: readonly Cell[];
  readonly vmsExpected: number;
  readonly report?: ShardReport;
}

/** What became of a shard. */
export interface ShardReport {
  readonly outcome: 'done' | 'failed';
  readonly vms: number;
  readonly changed: number;
  readonly retired: number;
  /** Absent if nothing was judged. */
  readonly networks?: NetworkStatistics;
  readonly gaps: readonly Gap[];
  readonly finishedAt: string;
}
