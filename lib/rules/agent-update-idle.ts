import { agentChange } from '../domain/agent-change.ts';
import { runningBackup } from '../domain/last-backup.ts';
import { judgedItem } from '../domain/protection.ts';
import { defineRule, notApplicable } from '../domain/rule.ts';

export const agentUpdateIdle = defineRule({
  id: 'agent-update-idle',
  title: 'No backup runs while the agent is to be changed',
  category: 'agent',
  severity: 'info',
  rationale:
    'Where the remedy is to install, repair or update the agent, it has to wait for a backup that is running. A job can be cancelled during the snapshot, not during the transfer to the vault.',
  sources: ['Back up Azure VMs in a Recovery Services vault, 2026-03-25'],
  reviewed: '2026-11-21',
  needs: { vm: (vm) => ({ provisionVMAgent: vm.provisionVmAgent }) },
  pass: { Idle: 'No backup of the VM is running: its agent may be changed now.' },
  fail: {
    BackupRunning: 'Backup job {job} has been running since {since}: change the agent after it has ended.',
  },
  remedies: {
    BackupRunning: {
      text: 'Wait until job {job} ends, or cancel it during the snapshot phase (not possible during the transfer).',
      commands: [
        'az backup job list --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} --status InProgress',
        'az backup job wait --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -n {job}',
      ],
    },
  },
  check(_facts, { settings, now }, sheet) {
    const change = agentChange(sheet, settings, now);
    if (change.kind === 'unknown') {
      return change;
    }
    if (change.kind === 'not-wanted') {
      return notApplicable('No rule asks for a change of the agent.');
    }
    const { items, jobs } = sheet;
    if (items.kind === 'unknown') {
      return items;
    }
    if (!judgedItem(items.value)) {
      return { kind: 'pass', reason: 'Idle', details: {} };
    }
    if (jobs.kind === 'unknown') {
      return jobs;
    }
    const running = runningBackup(jobs.value);
    return running
      ? { kind: 'fail', reason: 'BackupRunning', details: { job: running.name, since: running.startedAt } }
      : { kind: 'pass', reason: 'Idle', details: {} };
  },
});
