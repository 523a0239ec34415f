import { cannotTell } from '../../domain/rule.ts';
import { isOnItsWayOut, subscriptionStanding } from '../../domain/server-operations.ts';
import { defineServerRule } from '../../domain/server-rule.ts';

export const mabsSubscriptionState = defineServerRule({
  id: 'mabs-subscription-state',
  title: 'The subscription of the vault is active',
  category: 'governance',
  severity: 'blocker',
  rationale:
    'Expired: backups are stopped, and what was missed is not made up for. Deprovisioned: the recovery points in Azure are deleted for good; copies on disk live on only if kept long enough. Enabled and Warned count as active, PastDue and Disabled as expired, Deleted as deprovisioned: this mapping is ours.',
  sources: ['Install and upgrade Azure Backup Server, 2026-01-21'],
  reviewed: '2026-11-22',
  needs: { subscription: ({ subscriptionId, state }) => ({ subscriptionId, state }) },
  pass: {
    Active: 'Subscription {subscriptionId} is {state}.',
    ActiveYet:
      'Subscription {subscriptionId} is {state}: backups run, but once it is deprovisioned, its recovery points in Azure are deleted for good.',
  },
  fail: {
    Expired:
      'Subscription {subscriptionId} is {state}: backups to Azure and to disk are stopped. Once it is deprovisioned, its recovery points in Azure are deleted for good.',
    Deprovisioned:
      'Subscription {subscriptionId} is {state}: backups and restores are stopped, and its recovery points in Azure are deleted for good.',
  },
  remedies: {
    Expired: {
      text: 'Make the subscription active again; backups that were due meanwhile are not made up for.',
      commands: ['az account show --subscription {subscriptionId}'],
    },
    Deprovisioned: {
      text: 'Make the subscription active again: backups and restores come back, the recovery points in Azure do not. Look for local copies on the server.',
      commands: ['az account show --subscription {subscriptionId}'],
    },
  },
  check({ subscription }) {
    const { subscriptionId, state } = subscription;
    const details = { subscriptionId, state };
    switch (subscriptionStanding(state)) {
      case 'active':
        return isOnItsWayOut(state)
          ? { kind: 'pass', reason: 'ActiveYet', details }
          : { kind: 'pass', reason: 'Active', details };
      case 'expired':
        return { kind: 'fail', reason: 'Expired', details };
      case 'deprovisioned':
        return { kind: 'fail', reason: 'Deprovisioned', details };
      default:
        return cannotTell(
          'not-reported',
          `The state of subscription ${subscriptionId} is '${state}', which is not known.`,
        );
    }
  },
});
