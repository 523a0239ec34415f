import { requirementsOf } from '../domain/environment.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import { vaultInQuestion } from '../domain/vault-in-use.ts';
import { nextVaultName } from '../domain/vault-name.ts';
import { isOneOf, isWord } from '../domain/word.ts';

export const availabilityZone = defineRule({
  id: 'availability-zone',
  title: 'The vault of a zonal VM can restore into another zone, where that is required',
  category: 'limitation',
  severity: 'info',
  rationale:
    'VMs in availability zones are backed up like others. To restore one into another zone of the region takes a zone-redundant vault and a recovery point in it: not a snapshot, and not of an encrypted VM. In the paired region it takes Cross Region Restore.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'FAQ - Backing up Azure VMs, 2025-12-09',
    'Restore Azure VM data in the portal, 2026',
  ],
  reviewed: '2026-11-21',
  needs: { vm: (vm) => ({ zones: vm.zones.join(', ') }) },
  pass: {
    NotRequired: 'The VM is in zone {zone}; a restore into another zone is not required.',
    ZoneRedundant: 'The VM is in zone {zone}; vault {vault} can restore it into another zone.',
  },
  fail: {
    OtherRedundancy: 'Zone {zone} outage: vault {vault} uses {redundancy} and cannot restore into another zone.',
  },
  remedies: {
    OtherRedundancy: {
      text: 'Protect zonal VMs in a zone-redundant vault; the redundancy must be chosen before the first VM is registered.',
      commands: [
        'az backup vault create --subscription {besideSubscription} -g {besideResourceGroup} -n {newVault} -l {region}',
        'az backup vault backup-properties set --subscription {besideSubscription} -g {besideResourceGroup} -n {newVault} --backup-storage-redundancy ZoneRedundant',
      ],
    },
  },
  concerns({ vm }) {
    return vm.kind === 'unknown' || vm.value.zones.length > 0 || 'The VM is in no availability zone.';
  },
  check({ vm }, { settings }, sheet) {
    const zone = vm.zones.join(', ');
    const required = requirementsOf(sheet, settings);
    if (required.kind === 'unknown') {
      return required;
    }
    if (!required.settings.requireZoneRestore) {
      return { kind: 'pass', reason: 'NotRequired', details: { zone } };
    }
    const question = vaultInQuestion(vm, sheet, settings);
    if (question.kind === 'none') {
      return notApplicable('There is no vault to ask about.');
    }
    if (question.kind === 'unknown') {
      return question;
    }
    const { vault } = question;
    const { redundancy = '' } = vault;
    if (isOneOf(redundancy, ['', 'Invalid'])) {
      return cannotTell('not-reported', `Vault ${vault.name} does not report its storage redundancy.`);
    }
    if (isWord(redundancy, 'ZoneRedundant')) {
      return { kind: 'pass', reason: 'ZoneRedundant', details: { zone, vault: vault.name } };
    }
    const known = sheet.vaults.kind === 'known' ? sheet.vaults.value : { vaults: [vault] };
    return {
      kind: 'fail',
      reason: 'OtherRedundancy',
      details: { zone, vault: vault.name, redundancy },
      commandDetails: {
        besideSubscription: vault.subscriptionId,
        besideResourceGroup: vault.resourceGroup,
        newVault: nextVaultName(vault.region, known),
        region: vault.region,
      },
    };
  },
});
