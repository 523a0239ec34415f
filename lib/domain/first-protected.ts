import { isBackedUp } from './compliance.ts';
import type { Verdict } from './verdict.ts';

/** When a VM was first seen backed up. */
export interface FirstProtected {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Whole minutes from its creation until then; absent where nobody can tell how long it took. */
  readonly minutes?: number;
}

/** What is known of a VM at an instant. */
interface Seen {
  readonly verdict: Verdict;
  readonly at: string;
  /** ISO 8601; absent when Azure did not say. */
  readonly createdAt?: string | undefined;
}

/** The same VM as it was seen before. */
interface SeenBefore {
  readonly verdict: Verdict;
  readonly firstSeen?: { readonly verdict: Verdict } | undefined;
  readonly firstProtected?: FirstProtected | undefined;
}

/** Verdicts that say for certain that there was no protection: the next one that is backed up is the first. */
const unprotected: ReadonlySet<Verdict> = new Set(['protectable', 'blocked']);

function minutesBetween(from: string | undefined, to: string): number | undefined {
  const minutes = from === undefined ? Number.NaN : Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);
  return minutes >= 0 ? minutes : undefined;
}

/**
 * When a VM was first seen backed up; kept once it is known. The time it took is told only where it was seen without
 * protection before: a VM that was protected when it was first seen, or that could not be judged before, may have been so
 * for years. `before` is the same VM, not one of the same name that was deleted.
 */
export function firstProtectedOf(seen: Seen, before: SeenBefore | undefined): FirstProtected | undefined {
  if (before?.firstProtected || !isBackedUp(seen.verdict)) {
    return before?.firstProtected;
  }
  const isFirst = [before?.verdict, before?.firstSeen?.verdict].some((verdict) => verdict && unprotected.has(verdict));
  const minutes = isFirst ? minutesBetween(seen.createdAt, seen.at) : undefined;
  return minutes === undefined ? { at: seen.at } : { at: seen.at, minutes };
}
