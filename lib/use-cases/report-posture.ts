import { addPostures, emptyPosture, type Posture } from '../domain/posture.ts';
import { azurePolicyWord, type Verdict, verdicts } from '../domain/verdict.ts';
import type { Ports } from './ports.ts';
import type { Gap, Run } from './run.ts';

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
  readonly gaps: readonly Gap[];
}

/** Verdicts counted over a scope, with what the counts rest on. */
export interface PostureReport {
  readonly scope: string;
  readonly vms: number;
  /** All verdicts, also those that no VM has. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** The verdicts in the words of Azure Policy. */
  readonly compliance: Readonly<Record<string, number>>;
  readonly rules: Posture['rules'];
  readonly regions: Posture['regions'];
  readonly owners: Posture['owners'];
  readonly subscriptions: Readonly<Record<string, number>>;
  readonly completeness: Completeness;
}

function completenessOf(run: Run | undefined, now: Date): Completeness {
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
      gaps: [],
    };
  }
  const { runId, state, startedAt, subscriptionsExpected, subscriptionsRead, shards, shardsDone, vmsExpected, gaps } =
    run;
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
    gaps,
  };
}

/** The posture of the tenant, of one subscription or of one region: the sum of the stored cells. */
export async function reportPosture(
  { postures, runs, clock }: Pick<Ports, 'postures' | 'runs' | 'clock'>,
  scope: { readonly subscription?: string | undefined; readonly region?: string | undefined },
): Promise<PostureReport> {
  const cells = (await postures.latest()).filter(
    (cell) =>
      (scope.subscription === undefined || cell.subscriptionId === scope.subscription) &&
      (scope.region === undefined || cell.region === scope.region),
  );
  const sum = cells.reduce((total, cell) => addPostures(total, cell.posture), emptyPosture);
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, sum.verdicts[verdict] ?? 0]));
  const compliance: Record<string, number> = {};
  for (const verdict of verdicts) {
    compliance[azurePolicyWord[verdict]] = (compliance[azurePolicyWord[verdict]] ?? 0) + (sum.verdicts[verdict] ?? 0);
  }
  const subscriptions: Record<string, number> = {};
  for (const { subscriptionId, posture } of cells) {
    subscriptions[subscriptionId] = (subscriptions[subscriptionId] ?? 0) + posture.vms;
  }
  const [newest] = await runs.newest(1);
  return {
    scope: [scope.subscription, scope.region].filter(Boolean).join(' / ') || 'everything in scope',
    vms: sum.vms,
    verdicts: counts as Readonly<Record<Verdict, number>>,
    compliance,
    rules: sum.rules,
    regions: sum.regions,
    owners: sum.owners,
    subscriptions,
    completeness: completenessOf(newest, clock()),
  };
}
