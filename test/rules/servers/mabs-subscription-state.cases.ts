import { fact, ownSubscription, unread } from '../healthy-vm.ts';
import type { ServerCase } from './server-case.ts';

const state = (text: string) => ({ subscription: fact({ subscriptionId: ownSubscription, state: text }) });

export const cases: readonly ServerCase[] = [
  [
    'enabled',
    {},
    {
      outcome: 'pass',
      reason: 'Active',
      evidence: [{ fact: 'subscription', values: { subscriptionId: ownSubscription, state: 'Enabled' } }],
    },
  ],
  [
    'warned',
    state('Warned'),
    {
      outcome: 'pass',
      reason: 'ActiveYet',
      message: `Subscription ${ownSubscription} is Warned: backups run, but once it is deprovisioned, its recovery points in Azure are deleted for good.`,
    },
  ],
  ['past due', state('PastDue'), { outcome: 'fail', reason: 'Expired', severity: 'blocker' }],
  [
    'disabled, in other letters',
    state('disabled'),
    { outcome: 'fail', reason: 'Expired', fix: { commands: [`az account show --subscription ${ownSubscription}`] } },
  ],
  ['deleted', state('Deleted'), { outcome: 'fail', reason: 'Deprovisioned', severity: 'blocker' }],
  ['a state that nobody knows', state('Hibernating'), { outcome: 'unknown', cause: 'not-reported' }],
  ['a state that is not told', state(''), { outcome: 'unknown', cause: 'not-reported' }],
  ['a subscription that may not be read', { subscription: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
