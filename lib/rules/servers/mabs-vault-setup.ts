import { cannotTell, notApplicable } from '../../domain/rule.ts';
import { defineServerRule } from '../../domain/server-rule.ts';
import { isVaultName } from '../../domain/vault-name.ts';
import { isOneOf, isWord } from '../../domain/word.ts';

export const mabsVaultSetup = defineServerRule({
  id: 'mabs-vault-setup',
  title: 'The vault of the server has a valid name and an allowed redundancy',
  category: 'vault',
  severity: 'warning',
  rationale:
    'A vault name has 2 to 50 letters, digits or hyphens, a letter first. Geo-redundant storage is the default and meant for primary backups, locally redundant storage is cheaper; the first registration locks the choice. Cross Region Restore is not there for DPM and Azure Backup Server.',
  sources: ['Support matrix for Azure Backup, 2026-03-25'],
  reviewed: '2026-11-22',
  needs: { vault: ({ name, redundancy }) => ({ name, standardTierStorageRedundancy: redundancy }) },
  pass: { Allowed: 'Vault {vaultName} uses {redundancy}; required: {allowed}.' },
  fail: {
    NameNotAllowed:
      "Vault name '{vaultName}' is not allowed: it must have 2 to 50 letters, digits or hyphens, a letter first.",
    NotAllowed: 'Vault {vaultName} uses {redundancy}; required: {allowed}.',
    NotAllowedYet: 'The planned vault {vaultName} would use {redundancy}; required: {allowed}.',
  },
  remedies: {
    NameNotAllowed: { text: 'Give the vault another name, for example rsv-backup-servers.', commands: [] },
    NotAllowed: {
      text: 'Change the redundancy; where Azure refuses because something is registered, register the server with a new vault and keep this one until its retention ends.',
      commands: [
        'az backup vault backup-properties set --subscription {vaultSubscription} -g {vaultResourceGroup} -n {vault} --backup-storage-redundancy {wanted}',
      ],
    },
    NotAllowedYet: { text: 'Create the vault with {wanted}, before anything is registered with it.', commands: [] },
  },
  check({ vault }, { settings }) {
    const { name: vaultName, redundancy, id } = vault;
    const [wanted] = settings.allowedRedundancy;
    if (!isVaultName(vaultName)) {
      return { kind: 'fail', reason: 'NameNotAllowed', severity: 'blocker', details: { vaultName } };
    }
    if (wanted === undefined) {
      return notApplicable('No storage redundancy is required.');
    }
    if (redundancy === undefined || isWord(redundancy, 'Invalid')) {
      return cannotTell('not-reported', `The storage redundancy of vault ${vaultName} is not told.`);
    }
    const details = { vaultName, redundancy, allowed: settings.allowedRedundancy.join(', ') };
    if (isOneOf(redundancy, settings.allowedRedundancy)) {
      return { kind: 'pass', reason: 'Allowed', details };
    }
    const reason = id === undefined ? ('NotAllowedYet' as const) : ('NotAllowed' as const);
    return { kind: 'fail', reason, details, commandDetails: { wanted } };
  },
});
