import { firstBackupOf } from '../domain/first-backup.ts';
import { lastBackupOf, runningBackup } from '../domain/last-backup.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';
import { isWord } from '../domain/word.ts';

/** This many failures in a row are no accident. */
const failuresThatBlock = 2;

export const healthLastBackup = defineRule({
  id: 'health-last-backup',
  title: 'The last finished backup completed',
  category: 'backup-health',
  severity: 'warning',
  rationale:
    'A failed backup makes no recovery point, and one with warnings did not reach the vault. The last finished job counts, a running one is only mentioned, a cancelled one failed. Two failures in a row are a blocker.',
  sources: [
    'ARM type definitions of recoveryservicesbackup, 2026-07-01',
    'Back up Azure VMs in a Recovery Services vault, 2026-03-25',
  ],
  reviewed: '2026-11-20',
  needs: {
    items: (items) => ({
      lastBackupStatus: judgedItem(items)?.lastBackupStatus,
      lastBackupTime: judgedItem(items)?.lastBackupTime,
    }),
    jobs: (jobs) => ({ jobs: jobs.map((job) => `${job.startedAt} ${job.status}`).join(', ') }),
  },
  pass: {
    Completed: 'The last backup, {at}, completed.',
    CompletedAndRunning: 'The last finished backup, {at}, completed; another one has been running since {running}.',
  },
  fail: {
    NotCompleted:
      'The last backup, {at}, ended as {status} ({codes}); backups that failed since the newest point: {failures}.',
  },
  remedies: {
    NotCompleted: {
      text: 'Read the job and follow its recommendations, then back up now.',
      commands: [
        'az backup job list --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} --status Failed',
        'az backup protection backup-now --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -c {container} -i {item} --backup-management-type AzureIaasVM',
      ],
    },
  },
  concerns({ items }) {
    return items.kind === 'unknown' || judgedItem(items.value) !== undefined || 'No item exists.';
  },
  check({ items, jobs }, { settings, now }, sheet) {
    const item = judgedItem(items);
    const last = item && lastBackupOf(item, jobs);
    if (!last) {
      const first = firstBackupOf(item, sheet, settings, now);
      return first.kind === 'not-due'
        ? cannotTell('not-due-yet', `Protection was configured at ${first.since}; no backup has finished yet.`)
        : cannotTell('not-reported', 'Azure tells of no finished backup of this item.');
    }
    const { status, at, errorCodes, failuresInARow } = last;
    if (isWord(status, 'Completed')) {
      const running = runningBackup(jobs);
      return running
        ? { kind: 'pass', reason: 'CompletedAndRunning', details: { at, running: running.startedAt } }
        : { kind: 'pass', reason: 'Completed', details: { at } };
    }
    const codes = errorCodes.join(', ') || 'no error code';
    return {
      kind: 'fail',
      reason: 'NotCompleted',
      details: { at, status, codes, failures: String(failuresInARow) },
      severity: failuresInARow >= failuresThatBlock ? 'blocker' : 'warning',
    };
  },
});
