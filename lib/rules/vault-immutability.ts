import { requirementsOf } from '../domain/environment.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';
import { hasVaultInUse, valuePerVault, vaultInUse } from '../domain/vault-in-use.ts';
import { isWord } from '../domain/word.ts';

/**
 * Levels of immutability, the weakest first. TimeBased (new in 2026) is immutable too; whether it equals a locked vault is
 * not documented.
 */
const levels = ['disabled', 'unlocked', 'timebased', 'locked'];

export const vaultImmutability = defineRule({
  id: 'vault-immutability',
  title: 'The vault in use is as immutable as required',
  category: 'vault',
  severity: 'info',
  rationale:
    'Immutability keeps recovery points from being lost before their time; Locked is irreversible. Where multi-user authorisation is on, a Resource Guard must approve modifying or stopping protection, so the service must expect a refusal.',
  sources: [
    'PSRule for Azure, Azure.RSV.Immutable',
    'Azure Policy d6f6f560-14b7-49a4-9fc8-d2c3a9807868, c7031eab-0fc0-4cd9-acd0-4497bd66d91a (2026-04-29)',
    'ARM type definitions of Recovery Services, api-version 2026-07-01',
  ],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({ vaultId: judgedItem(items)?.vaultId }),
    vaults: (inventory) => ({
      immutabilityState: valuePerVault(inventory, ({ immutability }) => immutability),
      multiUserAuthorization: valuePerVault(inventory, ({ multiUserAuthorization }) => multiUserAuthorization),
    }),
  },
  pass: {
    AtLevel: 'Immutability of {vault} is {state}; required: {level}.',
    AtLevelGuarded:
      'Immutability of {vault} is {state}; required: {level}. A Resource Guard must approve changes of protection.',
  },
  fail: {
    Disabled: 'Immutability of {vault} is {state}; required: {level}.',
    NotLocked: 'Immutability of {vault} is {state}; required: {level}.',
  },
  remedies: {
    Disabled: {
      text: 'Make the vault immutable; lock it after a review if Locked is required.',
      commands: [
        'az backup vault update --subscription {vaultSubscription} -g {vaultResourceGroup} -n {vault} --immutability-state Unlocked',
      ],
    },
    NotLocked: {
      text: 'Review the retention of all policies in the vault, then lock it; that is irreversible.',
      commands: [
        'az backup vault update --subscription {vaultSubscription} -g {vaultResourceGroup} -n {vault} --immutability-state Locked',
      ],
    },
  },
  concerns: hasVaultInUse,
  check({ items, vaults }, { settings }, sheet) {
    const used = vaultInUse(items, vaults);
    if (used.kind === 'unknown') {
      return used;
    }
    const { name: vault, immutability: state = '', multiUserAuthorization } = used.vault;
    const is = levels.indexOf(state.toLowerCase());
    if (is === -1) {
      return cannotTell('not-reported', `Vault ${vault} reports immutability as ${state || 'nothing'}.`);
    }
    const required = requirementsOf(sheet, settings);
    if (required.kind === 'unknown') {
      return required;
    }
    const { minImmutability: level } = required.settings;
    const details = { vault, state, level };
    if (is >= levels.indexOf(level.toLowerCase())) {
      const isGuarded = isWord(multiUserAuthorization, 'Enabled');
      return { kind: 'pass', reason: isGuarded ? 'AtLevelGuarded' : 'AtLevel', details };
    }
    switch (levels[is]) {
      case 'disabled':
        return { kind: 'fail', reason: 'Disabled', details };
      case 'unlocked':
        return { kind: 'fail', reason: 'NotLocked', details };
      default:
        return cannotTell(
          'docs-disagree',
          `Whether immutability ${state} of vault ${vault} is enough is not documented.`,
        );
    }
  },
});
