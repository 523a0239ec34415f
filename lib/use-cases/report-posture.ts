import { allVerdicts, complianceOf, compliantPercent } from '../domain/compliance.ts';
import { addCounts, type Counts, total } from '../domain/counts.ts';
import { dayAfter, dayOf, daysUntil } from '../domain/day.ts';
import { expiringVmsIn } from '../domain/exemption-ends.ts';
import { type Posture, sumPostures } from '../domain/posture.ts';
import { type OpenGaps, openGapsOf } from '../domain/time-sums.ts';
import { addTimesToProtect, figuresOf, noTimeToProtect, type TimeToProtectFigures } from '../domain/time-to-protect.ts';
import { type TrendDay, trendOf } from '../domain/trend.ts';
import type { Verdict } from '../domain/verdict.ts';
import {
  type CountedPart,
  countsOf,
  type Grouping,
  groupsOf,
  ownerCounts,
  type PostureGroup,
} from '../reports/posture-groups.ts';
import { type Completeness, completenessOf } from './completeness.ts';
import { countRegister, type RegisterCounts } from './list-exemptions.ts';
import type { Ports, PostureScope } from './ports.ts';
import { type AskedScope, nameOfScope, scopeOf } from './posture-scope.ts';

/** The end of a day in a trend. */
interface TrendEntry {
  readonly day: string;
  /** `null`: nothing had been counted yet. */
  readonly vms: number | null;
  readonly verdicts: Readonly<Record<Verdict, number>> | null;
  readonly compliantPercent: number | null;
  /** Of the VMs that were first protected on that day. */
  readonly timeToProtect: TimeToProtectFigures;
}

/** Verdicts counted over a scope, with what the counts rest on. */
export interface PostureReport {
  readonly scope: string;
  /** The day at whose end it was so; `null`: now. */
  readonly day: string | null;
  readonly vms: number;
  /** All verdicts, also those that no VM has. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** The verdicts in the words of Azure Policy. */
  readonly compliance: Readonly<Record<string, number>>;
  /** Share of the VMs that are backed up among those that are to be; `null` where there are none. */
  readonly compliantPercent: number | null;
  /** VMs that are blocked, at risk or protectable, and for how long on average they have had their verdicts. */
  readonly openGaps: OpenGaps;
  readonly rules: Counts;
  readonly regions: Counts;
  /** At most 100 of them by name; the VMs of all others are counted under `(others)`. */
  readonly owners: Counts;
  readonly subscriptions: Counts;
  readonly groups?: readonly PostureGroup[];
  /** The oldest day first. */
  readonly trend?: readonly TrendEntry[];
  /** Over all days of the trend. */
  readonly timeToProtect?: TimeToProtectFigures;
  /** Exemptions of the register that concern the scope, by how they stand now. */
  readonly exemptions?: RegisterCounts;
  /** Exempt VMs whose exemption ends within the days in which that is announced, whatever made it; `null`: unknown. */
  readonly expiringVms?: number | null;
  readonly completeness: Completeness;
}

/** What is asked of a posture; absent: everything in scope, now, as a whole. */
export interface PostureRequest extends AskedScope {
  readonly by?: Grouping | undefined;
  /** `YYYY-MM-DD` (UTC). */
  readonly day?: string | undefined;
  /** Days of the trend. */
  readonly trend?: number | undefined;
  /** Days before their ends in which exemptions are announced; absent: nothing is told of exemptions. */
  readonly noticeDays?: number | undefined;
}

type PosturePorts = Pick<Ports, 'postures' | 'runs'> & Parameters<typeof countRegister>[0];

/** The parts whose sum is the posture: as few as tell what is asked for. */
async function partsOf(
  { postures }: PosturePorts,
  scope: PostureScope,
  { by, day }: PostureRequest,
): Promise<readonly CountedPart[]> {
  return scope.subscriptions || by === 'subscription' ? postures.cells(scope, day) : postures.slices(scope.region, day);
}

function regionsOf(parts: readonly CountedPart[]): Counts {
  return parts.reduce<Counts>((sum, { region, posture }) => addCounts(sum, { [region]: posture.vms }), {});
}

function entryOf({ day, verdicts, timeToProtect }: TrendDay): TrendEntry {
  return {
    day,
    vms: verdicts && total(verdicts),
    verdicts: verdicts && allVerdicts(verdicts),
    compliantPercent: verdicts && compliantPercent(verdicts),
    timeToProtect: figuresOf(timeToProtect),
  };
}

/** The trend of a scope, if it is asked for: from the days on which something changed. */
async function trendFor(
  { postures, clock }: PosturePorts,
  scope: PostureScope,
  { trend, day = dayOf(clock()) }: PostureRequest,
): Promise<Pick<PostureReport, 'trend' | 'timeToProtect'>> {
  if (trend === undefined) {
    return {};
  }
  const days = daysUntil(day, trend);
  const entries = trendOf(await postures.trend(scope, days[0] ?? day), days);
  const times = entries.reduce((sum, entry) => addTimesToProtect(sum, entry.timeToProtect), noTimeToProtect);
  return { trend: entries.map(entryOf), timeToProtect: figuresOf(times) };
}

/** What is told of exemptions, if it is asked for; how those of the register stood at the end of a day is not kept. */
async function exemptionsFor(
  ports: PosturePorts,
  { subscriptions }: PostureScope,
  { noticeDays, day }: PostureRequest,
  { exemptUntil, verdicts }: Posture,
  at: Date,
): Promise<Pick<PostureReport, 'exemptions' | 'expiringVms'>> {
  if (noticeDays === undefined) {
    return {};
  }
  const expiringVms = expiringVmsIn(exemptUntil, verdicts, at, noticeDays);
  return day === undefined
    ? { exemptions: await countRegister(ports, noticeDays, subscriptions), expiringVms }
    : { expiringVms };
}

/** The instant that a posture tells of: now, or the end of a day. */
function instantOf({ day }: PostureRequest, now: Date): Date {
  const end = new Date(`${dayAfter(day ?? dayOf(now), 1)}T00:00:00Z`);
  return end < now ? end : now;
}

/**
 * The posture of the tenant, a management group, a subscription or a region: the sum of what is stored of its parts, now
 * or at the end of a day. Throws `UnknownScope`.
 */
export async function reportPosture(ports: PosturePorts, request: PostureRequest): Promise<PostureReport> {
  const scope = await scopeOf(ports, request);
  const [parts, trend, [newest]] = await Promise.all([
    partsOf(ports, scope, request),
    trendFor(ports, scope, request),
    ports.runs.newest(1, 'full'),
  ]);
  const whole = sumPostures(parts.map((part) => part.posture));
  const at = instantOf(request, ports.clock());
  return {
    scope: nameOfScope(request),
    day: request.day ?? null,
    vms: whole.vms,
    verdicts: allVerdicts(whole.verdicts),
    compliance: complianceOf(whole.verdicts),
    compliantPercent: compliantPercent(whole.verdicts),
    openGaps: openGapsOf(whole.times, whole.verdicts, at),
    rules: countsOf(whole.rules),
    regions: regionsOf(parts),
    owners: ownerCounts(whole),
    subscriptions: whole.subscriptions,
    ...(request.by ? { groups: groupsOf(request.by, parts, whole, at) } : {}),
    ...trend,
    ...(await exemptionsFor(ports, scope, request, whole, at)),
    completeness: completenessOf(newest, ports.clock()),
  };
}
