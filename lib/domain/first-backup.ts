import type { BackupPolicy } from './backup-policy.ts';
import type { Fact, UnknownBecause } from './fact.ts';
import type { FactSheet } from './fact-sheet.ts';
import { isActive, type ProtectedItem } from './protection.ts';
import type { JudgementSettings } from './settings.ts';
import { hoursSince } from './time.ts';

/** Where an item without a recovery point stands. Hours count from the configuration of its protection. */
export type FirstBackup =
  | { readonly kind: 'not-due' | 'overdue'; readonly hours: number; readonly limit: number; readonly since: string }
  | { readonly kind: 'none-due' }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

function notReported(detail: string): FirstBackup {
  return { kind: 'unknown', because: { cause: 'not-reported', detail } };
}

function standingUnder(policy: BackupPolicy, since: string, settings: JudgementSettings, now: Date): FirstBackup {
  const hours = hoursSince(since, now);
  if (!policy.schedule || hours === undefined) {
    return notReported('The schedule of the policy or the time of enabling could not be read.');
  }
  const limit = policy.schedule.gapHours + settings.rpoStartWindowHours + settings.initialBackupGraceHours;
  return { kind: hours > limit ? 'overdue' : 'not-due', hours, limit, since };
}

function firstUnknown(...facts: readonly Fact<unknown>[]): UnknownBecause | undefined {
  return facts.flatMap((fact) => (fact.kind === 'unknown' ? [fact.because] : []))[0];
}

/** Whether the first backup of an item is due: after the largest gap of its policy, the start window and the grace. */
export function firstBackupOf(
  item: ProtectedItem | undefined,
  { policy, protectedSince }: Pick<FactSheet, 'policy' | 'protectedSince'>,
  settings: JudgementSettings,
  now: Date,
): FirstBackup {
  if (policy.kind === 'known' && policy.value === 'none') {
    return isActive(item)
      ? notReported('Protection is active, but Azure does not tell the policy of the item.')
      : { kind: 'none-due' };
  }
  const missing = firstUnknown(policy, protectedSince);
  if (missing || policy.kind === 'unknown' || protectedSince.kind === 'unknown' || policy.value === 'none') {
    return missing ? { kind: 'unknown', because: missing } : { kind: 'none-due' };
  }
  return standingUnder(policy.value, protectedSince.value, settings, now);
}
