import { dayOf } from '../domain/day.ts';
import { forgottenAfter, kindOfChange, type Notice } from '../domain/notification.ts';
import type { RegisteredExemption } from '../domain/registered-exemption.ts';
import type { Transition } from './evaluated.ts';
import type { NotifierPorts } from './notification-ports.ts';
import type { ChangePosition } from './ports.ts';
import { reportPosture } from './report-posture.ts';

/** Changes that are counted; a day with more says so. */
const mostChanges = 100_000;
const page = 1000;
/** Exemptions that are named, those that end first. */
const exemptionsNamed = 10;

/** What the changes of a day were, by the type of their event; those that nobody is told are `other`. */
interface ChangeCounts {
  readonly since: string;
  readonly total: number;
  readonly kinds: Readonly<Record<string, number>>;
  /** There were more. */
  readonly isCut: boolean;
}

function nameOf({ from, to }: Transition): string {
  const kind = kindOfChange(from, to);
  return kind ? `Backstop.${kind}` : 'other';
}

async function countChanges(
  { transitions }: Pick<NotifierPorts, 'transitions'>,
  since: string,
  now: Date,
): Promise<ChangeCounts> {
  const kinds: Record<string, number> = {};
  let total = 0;
  let after: ChangePosition | undefined;
  do {
    const { rows, next } = await transitions.since({ since, lastDay: dayOf(now) }, {}, page, after);
    for (const name of rows.map(nameOf)) {
      kinds[name] = (kinds[name] ?? 0) + 1;
    }
    total += rows.length;
    after = next;
  } while (after && total < mostChanges);
  return { since, total, kinds, isCut: after !== undefined };
}

function expiringOf(all: readonly RegisteredExemption[], noticeDays: number, now: Date) {
  const limit = now.getTime() + noticeDays * 86_400_000;
  const expiring = all
    .filter(({ endedAt, until }) => !endedAt && Date.parse(until) > now.getTime() && Date.parse(until) <= limit)
    .toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until));
  const next = expiring
    .slice(0, exemptionsNamed)
    .map(({ exemptionId, scope, until }) => ({ exemptionId, scope, until }));
  return { expiring: expiring.length, withinDays: noticeDays, next };
}

/** The digest of a day: how things stand, what changed in the last 24 hours, and whether the last sweep saw everything. */
export async function makeDigest(
  ports: Pick<NotifierPorts, 'transitions' | 'postures' | 'runs' | 'exemptions' | 'clock'>,
  { noticeDays }: { readonly noticeDays: number },
): Promise<Notice> {
  const now = ports.clock();
  const at = now.toISOString();
  const day = dayOf(now);
  const { vms, verdicts, compliantPercent, completeness } = await reportPosture(ports, {});
  const { runId, state, complete, finishedAt, ageHours, subscriptionsExpected, subscriptionsRead, gaps } = completeness;
  return {
    id: `digest-${day}`,
    kind: 'Digest',
    at,
    subject: day,
    data: {
      day,
      posture: { vms, verdicts, compliantPercent },
      changes: await countChanges(ports, new Date(now.getTime() - 86_400_000).toISOString(), now),
      exemptions: expiringOf(await ports.exemptions.all(), noticeDays, now),
      sweep: {
        runId,
        state,
        complete,
        finishedAt,
        ageHours,
        subscriptionsExpected,
        subscriptionsRead,
        gapCount: gaps.length,
      },
    },
    about: { what: 'itself' },
    forgetAt: forgottenAfter(at),
  };
}
