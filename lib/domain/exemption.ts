import { type Tags, tagValue } from './machine.ts';
import type { JudgementSettings } from './settings.ts';

/** What the exclusion tag of a VM says at an instant. */
export type TagExemption =
  | { readonly kind: 'none' }
  | { readonly kind: 'valid'; readonly tag: string; readonly until: string | 'no end date' }
  | { readonly kind: 'expired'; readonly tag: string; readonly until: string }
  | { readonly kind: 'unreadable'; readonly tag: string; readonly until: string };

/** The end date counts to the end of that day in UTC. A date that is none exempts nobody, and is said. */
export function tagExemption(tags: Tags, settings: JudgementSettings, now: Date): TagExemption {
  const value = settings.exclusionTagName ? tagValue(tags, settings.exclusionTagName) : undefined;
  const wanted = settings.exclusionTagValues.map((each) => each.toLowerCase());
  if (value === undefined || !wanted.includes(value.toLowerCase())) {
    return { kind: 'none' };
  }
  const tag = `${settings.exclusionTagName}=${value}`;
  const until = tagValue(tags, settings.exclusionUntilTagName)?.trim();
  if (!until) {
    return { kind: 'valid', tag, until: 'no end date' };
  }
  const endOfDay = Date.parse(`${until}T23:59:59.999Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until) || Number.isNaN(endOfDay)) {
    return { kind: 'unreadable', tag, until };
  }
  return now.getTime() > endOfDay ? { kind: 'expired', tag, until } : { kind: 'valid', tag, until };
}
