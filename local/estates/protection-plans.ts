import { minute } from './instants.ts';
import type { MachinePlan, Protection } from './machine-plan.ts';
import type { Garden } from './plants.ts';
import { lastFinishedRun, lastRunBy, type PolicyKind } from './policies.ts';

/** The last backup and the last recovery point are of this instant. */
export function backedUpAt(protection: Protection, startedAt: number): void {
  protection.lastBackup = { status: 'Completed', startedAt };
  protection.lastPointAt = startedAt + 15 * minute;
}

/** Protected since an instant, and never backed up. */
export function neverBackedUp(protection: Protection, enabledAt: number): void {
  protection.state = 'IRPending';
  protection.enabledAt = enabledAt;
  protection.lastBackup = null;
  protection.lastPointAt = null;
}

/** Puts the item of the VM, if there is one, under another policy, which it has followed to the letter so far. */
export function follow({ protection }: MachinePlan, kind: PolicyKind, { now }: Garden): void {
  if (!protection) return;
  protection.policy = kind;
  backedUpAt(protection, lastFinishedRun(kind, now));
}

/** The last run went wrong; the one before was fine. Daily, or the point before would be overdue as well. */
export function lastRunWent(
  protection: Protection,
  status: NonNullable<Protection['lastBackup']>['status'],
  now: number,
): void {
  protection.policy = 'enhanced';
  const startedAt = lastFinishedRun(protection.policy, now);
  protection.lastBackup = { status, startedAt };
  protection.lastPointAt = lastRunBy(protection.policy, startedAt - minute) + 15 * minute;
}
