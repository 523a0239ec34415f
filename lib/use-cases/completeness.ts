import { type Gap, type LookCounts, noCosts, type ReadCosts, type Run } from './run.ts';

/** What the posture rests on: the newest sweep, and what it could not see. */
export interface Completeness {
  readonly runId: string | null;
  readonly state: Run['state'] | 'never-swept';
  readonly complete: boolean;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly ageHours: number | null;
  readonly subscriptionsExpected: number;
  readonly subscriptionsRead: number;
  readonly shards: number;
  readonly shardsDone: number;
  readonly vmsExpected: number;
  /** VMs whose rows were read, and those that are gone since the sweep before. */
  readonly vms: number;
  readonly retired: number;
  /** What reading took, and what happened on the way. */
  readonly reads: ReadCosts;
  /** VMs that were read singly, and those that were left for the next sweep. */
  readonly looks: LookCounts;
  /** By rule: VMs of which it could not tell because something could not be read. */
  readonly rulesUnknown: Run['rulesUnknown'];
  readonly gaps: readonly Gap[];
}

/** What the answers of now rest on: the newest sweep, if there was one. */
export function completenessOf(run: Run | undefined, now: Date): Completeness {
  if (!run) {
    return {
      runId: null,
      state: 'never-swept',
      complete: false,
      startedAt: null,
      finishedAt: null,
      ageHours: null,
      subscriptionsExpected: 0,
      subscriptionsRead: 0,
      shards: 0,
      shardsDone: 0,
      vmsExpected: 0,
      vms: 0,
      retired: 0,
      reads: noCosts,
      looks: { made: 0, left: 0 },
      rulesUnknown: {},
      gaps: [],
    };
  }
  const { runId, state, startedAt, subscriptionsExpected, subscriptionsRead, shards, shardsDone } = run;
  const { vmsExpected, vms, retired, reads, looks, rulesUnknown, gaps } = run;
  const ageHours = (now.getTime() - Date.parse(run.finishedAt ?? startedAt)) / 3_600_000;
  return {
    runId,
    state,
    complete: state === 'complete',
    startedAt,
    finishedAt: run.finishedAt ?? null,
    ageHours: Number(ageHours.toFixed(2)),
    subscriptionsExpected,
    subscriptionsRead,
    shards,
    shardsDone,
    vmsExpected,
    vms,
    retired,
    reads,
    looks,
    rulesUnknown,
    gaps,
  };
}
