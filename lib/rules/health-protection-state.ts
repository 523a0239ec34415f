import { isActive, judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';

const inactive = ['ProtectionStopped', 'ProtectionPaused', 'BackupsSuspended', 'ProtectionError'];

export const healthProtectionState = defineRule({
  id: 'health-protection-state',
  title: 'Protection is active',
  category: 'backup-health',
  severity: 'blocker',
  rationale:
    'A stopped, paused or suspended item makes no new recovery points. Stopped with data retained means: the old points live on, nothing new comes.',
  sources: ['ARM type definitions of recoveryservicesbackup, 2026-07-01'],
  reviewed: '2026-11-20',
  needs: { items: (items) => ({ protectionState: judgedItem(items)?.protectionState }) },
  pass: { Active: 'Protection of this VM is {state}.' },
  fail: { NotActive: 'Protection of this VM is {state}.' },
  remedies: {
    NotActive: {
      text: 'Resume protection.',
      commands: [
        'az backup protection resume --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -c {container} -i {item} --policy-name {policy}',
      ],
    },
  },
  check({ items }) {
    const item = judgedItem(items);
    if (!item) {
      return notApplicable('No item exists.');
    }
    const state = item.protectionState;
    const details = { state };
    if (isActive(item)) {
      return { kind: 'pass', reason: 'Active', details };
    }
    return inactive.includes(state)
      ? { kind: 'fail', reason: 'NotActive', details }
      : cannotTell('not-reported', `Azure reports the protection state as ${state || 'nothing'}.`);
  },
});
