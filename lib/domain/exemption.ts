import { type Tags, tagValue } from './machine.ts';
import type { JudgementSettings } from './settings.ts';
import { isOneOf } from './word.ts';

/** What the exclusion tag of a VM says at an instant. */
export type TagExemption =
  | { readonly kind: 'none' }
  | { readonly kind: 'valid'; readonly tag: string; readonly until: string | 'no end date' }
  | { readonly kind: 'expired'; readonly tag: string; readonly until: string }
  | { readonly kind: 'unreadable'; readonly tag: string; readonly until: string };

/** The last millisecond of a day `YYYY-MM-DD` in UTC; `undefined` if there is no such day. */
export function endOfDay(day: string): number | undefined {
  const end = Date.parse(`${day}T23:59:59.999Z`);
  // The engine reads 2026-02-30 as the 2nd of March: a day counts only if it comes back as it was written.
  return !Number.isNaN(end) && new Date(end).toISOString().slice(0, 10) === day ? end : undefined;
}

/** The end date counts to the end of that day in UTC. A date that is none exempts nobody, and is said. */
export function tagExemption(tags: Tags, settings: JudgementSettings, now: Date): TagExemption {
  const value = settings.exclusionTagName ? tagValue(tags, settings.exclusionTagName) : undefined;
  if (value === undefined || !isOneOf(value, settings.exclusionTagValues)) {
    return { kind: 'none' };
  }
  const tag = `${settings.exclusionTagName}=${value}`;
  const until = tagValue(tags, settings.exclusionUntilTagName)?.trim();
  if (!until) {
    return { kind: 'valid', tag, until: 'no end date' };
  }
  const end = endOfDay(until);
  if (end === undefined) {
    return { kind: 'unreadable', tag, until };
  }
  return now.getTime() > end ? { kind: 'expired', tag, until } : { kind: 'valid', tag, until };
}
