import { subscriptionOf } from '../domain/ids.ts';
import { judgedItem } from '../domain/protection.ts';
import { defineRule, notApplicable } from '../domain/rule.ts';
import { type Refused, writableStep } from '../domain/vault-funnel.ts';
import { needsVault, valuePerVault } from '../domain/vault-in-use.ts';
import type { Obstacle } from '../domain/vault-writability.ts';

/** The first vault and what is in its way; the others are named, for each would do. */
function refusal([first, ...rest]: readonly [Refused<Obstacle>, ...Refused<Obstacle>[]]) {
  const { vault, why } = first;
  const names = rest.map((each) => each.vault.name).join(', ');
  const details = { vault: vault.name, others: names ? ` Nor can ${names}.` : '' };
  switch (why.kind) {
    case 'not-provisioned':
      return { kind: 'fail', reason: 'NotProvisioned', details: { ...details, state: why.state } } as const;
    case 'moving':
      return { kind: 'fail', reason: 'Moving', details } as const;
    case 'subscription':
      return {
        kind: 'fail',
        reason: 'SubscriptionClosed',
        details: { ...details, subscription: vault.subscriptionId, state: why.state },
      } as const;
    case 'locked': {
      const [{ id }] = why.locks;
      return {
        kind: 'fail',
        reason: 'Locked',
        details: { ...details, locks: why.locks.map(({ name, scope }) => `${name} on ${scope}`).join(', ') },
        commandDetails: { lockId: id, lockSubscription: subscriptionOf(id) ?? vault.subscriptionId },
      } as const;
    }
    default: {
      const never: never = why;
      return never;
    }
  }
}

export const vaultWritable = defineRule({
  id: 'vault-writable',
  title: 'A vault that the VM may use accepts changes',
  category: 'vault',
  severity: 'blocker',
  rationale:
    'Protection cannot be enabled in a vault that is not provisioned, is being moved, stands in a subscription that is not enabled, or has a read-only lock on itself, its group or its subscription. A delete lock does no harm.',
  sources: [
    'ARM type definitions of Recovery Services, api-version 2026-07-01 (provisioningState, moveState)',
    'Resource Graph reference (has no locks; how ARM lists them is unconfirmed)',
  ],
  reviewed: '2026-11-21',
  needs: {
    vm: (vm) => ({ location: vm.region }),
    items: (items) => ({ item: judgedItem(items)?.vaultName ?? 'none' }),
    vaults: (inventory) => ({
      provisioningState: valuePerVault(inventory, (vault) => vault.provisioningState || undefined),
      moveState: valuePerVault(inventory, (vault) => vault.moveState ?? 'none'),
      subscriptionState: valuePerVault(inventory, (vault) => vault.subscriptionState),
      locks: valuePerVault(inventory, ({ locks }) =>
        locks.kind === 'known'
          ? locks.value
              .map(({ name, level }) => `${name}: ${level}`)
              .toSorted()
              .join(', ') || 'none'
          : undefined,
      ),
    }),
  },
  pass: { Writable: 'Vault {vault} accepts changes.' },
  fail: {
    NotProvisioned: 'Vault {vault} cannot be changed: its provisioning state is {state}.{others}',
    Moving: 'Vault {vault} cannot be changed: it is being moved to another group or subscription.{others}',
    SubscriptionClosed: 'Vault {vault} cannot be changed: its subscription {subscription} is {state}.{others}',
    Locked: 'Vault {vault} cannot be changed: read-only lock {locks}.{others}',
  },
  remedies: {
    NotProvisioned: {
      text: 'Look up the last operation on vault {vault} and repeat it, or use another vault.',
      commands: [],
    },
    Moving: { text: 'Wait until vault {vault} has been moved.', commands: [] },
    SubscriptionClosed: { text: 'Settle or enable subscription {subscription}, or use another vault.', commands: [] },
    Locked: {
      text: 'Remove every read-only lock ({locks}); a delete lock in its place would do no harm. This removes the first:',
      commands: ['az lock delete --subscription {lockSubscription} --ids {lockId}'],
    },
  },
  concerns: needsVault,
  check({ vm, vaults }, { settings }) {
    const step = writableStep(vm, vaults, settings);
    switch (step.kind) {
      case 'none':
        return notApplicable('No vault is left to ask about.');
      case 'unknown':
        return step;
      case 'yes':
        return { kind: 'pass', reason: 'Writable', details: { vault: step.vault.name } };
      default:
        return refusal(step.refused);
    }
  },
});
