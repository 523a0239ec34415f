import type { Finding } from './finding.ts';
import type { Verdict } from './verdict.ts';

/** Minutes for which a VM is new. */
const lastCheckMinutes = 24 * 60;
/** Minutes after its creation at which a VM is looked at again: agent, tags and protection follow the VM itself. */
const checkMinutes = [2, 10, 30, lastCheckMinutes];

/** What two looks at the same VM are compared by. */
export interface FormerLook {
  readonly verdict: Verdict;
  /** Failing rules, sorted. */
  readonly failing: readonly string[];
}

/** A look, with what it could not tell. */
export interface Look extends FormerLook {
  readonly findings: readonly Finding[];
}

/** Whether something cannot be told of a VM as it is too new, or just being changed: time settles that by itself. */
function isUnsettled({ findings }: Look): boolean {
  return findings.some(
    (finding) => finding.outcome === 'unknown' && (finding.cause === 'too-new' || finding.cause === 'in-transition'),
  );
}

/** Whether a look said the same as the one before, and nothing is left to be told by time. The first look never is. */
function isStable(before: FormerLook | undefined, after: Look): boolean {
  return (
    before !== undefined &&
    !isUnsettled(after) &&
    before.verdict === after.verdict &&
    before.failing.join() === after.failing.join()
  );
}

/**
 * When a VM was born (ISO 8601): when Azure says that it was created, but never later than now; else when it was first seen.
 * `undefined` if neither is told.
 */
export function bornAt(
  timeCreated: string | undefined,
  firstSeenAt: string | undefined,
  now: Date,
): string | undefined {
  const created = Date.parse(timeCreated ?? '');
  return Number.isNaN(created) ? firstSeenAt : new Date(Math.min(created, now.getTime())).toISOString();
}

/** Whether a VM is so young that it may have to be looked at again. */
export function isNewborn(born: string, now: Date): boolean {
  return now.getTime() < Date.parse(born) + lastCheckMinutes * 60_000;
}

/**
 * When a VM is to be looked at again (ISO 8601): the next of 2, 10, 30 minutes and 24 hours after its birth, until two looks
 * in a row say the same. `undefined` when there is nothing more to wait for. `before`: the former look at this very VM.
 */
export function nextCheckOf(born: string, now: Date, before: FormerLook | undefined, after: Look): string | undefined {
  if (isStable(before, after)) {
    return undefined;
  }
  const next = checkMinutes
    .map((minutes) => Date.parse(born) + minutes * 60_000)
    .find((instant) => instant > now.getTime());
  return next === undefined ? undefined : new Date(next).toISOString();
}
