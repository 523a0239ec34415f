import { requirementsOf } from '../domain/environment.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';
import { hasVaultInUse, valuePerVault, vaultInUse } from '../domain/vault-in-use.ts';
import { isOneOf, isWord } from '../domain/word.ts';

/** Fewest days that Azure keeps what was deleted. */
const fewestDays = 14;

export const vaultSoftDelete = defineRule({
  id: 'vault-soft-delete',
  title: 'Soft delete is on in the vault in use, for enough days',
  category: 'vault',
  severity: 'warning',
  rationale:
    'Without soft delete a deletion is final. It keeps what was deleted for 14 (default) to 180 days; AlwaysON cannot be switched off again. New vaults are being made secure by default (general in West Central US, preview elsewhere).',
  sources: [
    'Secure by default with soft delete, 2026',
    'Azure Policy 31b8092a-36b8-434b-9af7-5ec844364148 (2026-04-29)',
    'Azure Proactive Resiliency Library 9e39919b-78af-4a0b-b70f-c548dae97c25 (2026-07-21)',
  ],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({ vaultId: judgedItem(items)?.vaultId }),
    vaults: (inventory) => ({
      softDeleteState: valuePerVault(inventory, ({ softDeleteState }) => softDeleteState),
      softDeleteRetentionPeriodInDays: valuePerVault(inventory, ({ softDeleteDays }) => softDeleteDays),
    }),
  },
  pass: { On: 'Soft delete is {state} on {vault} for {days} days; required: {minimum} days.' },
  fail: {
    Off: 'Soft delete is {state} on {vault}.',
    TooFewDays: 'Soft delete keeps for {days} days on {vault}; required: {minimum} days.',
  },
  remedies: {
    Off: {
      text: 'Enable soft delete; AlwaysOn instead of Enable cannot be reversed.',
      commands: [
        'az backup vault backup-properties set --subscription {vaultSubscription} -g {vaultResourceGroup} -n {vault} --soft-delete-feature-state Enable',
      ],
    },
    TooFewDays: {
      text: 'Keep what was deleted for {wanted} days.',
      commands: [
        'az backup vault backup-properties set --subscription {vaultSubscription} -g {vaultResourceGroup} -n {vault} --soft-delete-duration {wanted}',
      ],
    },
  },
  concerns: hasVaultInUse,
  check({ items, vaults }, { settings }, sheet) {
    const used = vaultInUse(items, vaults);
    if (used.kind === 'unknown') {
      return used;
    }
    const { name: vault, softDeleteState: state, softDeleteDays: days } = used.vault;
    if (state && isWord(state, 'Disabled')) {
      return { kind: 'fail', reason: 'Off', details: { state, vault } };
    }
    const required = requirementsOf(sheet, settings);
    if (required.kind === 'unknown') {
      return required;
    }
    const { minSoftDeleteDays: minimum } = required.settings;
    if (days !== undefined && days < minimum) {
      const wanted = String(Math.max(minimum, fewestDays));
      const details = { days: String(days), vault, minimum: String(minimum) };
      return { kind: 'fail', reason: 'TooFewDays', details, commandDetails: { wanted } };
    }
    if (!state || !isOneOf(state, ['Enabled', 'AlwaysON'])) {
      return cannotTell('not-reported', `Vault ${vault} reports soft delete as ${state || 'nothing'}.`);
    }
    return days === undefined
      ? cannotTell('not-reported', `Vault ${vault} does not report for how long it keeps what was deleted.`)
      : { kind: 'pass', reason: 'On', details: { state, vault, days: String(days), minimum: String(minimum) } };
  },
});
