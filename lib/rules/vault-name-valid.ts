import type { FactSheet } from '../domain/fact-sheet.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import { vaultsInRegion } from '../domain/vault-funnel.ts';
import { needsVault } from '../domain/vault-in-use.ts';
import { isVaultName, plannedVaultName } from '../domain/vault-name.ts';

function judgeName(name: string, region: string, asked: FactSheet['newVaultName']) {
  const commandDetails = { region, example: `rsv-${region}-01` };
  if (!isVaultName(name)) {
    const details = { name, length: String(name.length) };
    return { kind: 'fail', reason: 'NameNotAllowed', details, commandDetails } as const;
  }
  if (asked.kind === 'unknown') {
    return asked;
  }
  const answer = asked.value === 'none' ? undefined : asked.value;
  if (answer?.name !== name || answer.available === undefined) {
    return cannotTell('not-reported', `Azure did not say whether the vault name ${name} is free.`);
  }
  const { available, reason: why = 'Azure gives no reason' } = answer;
  return available
    ? ({ kind: 'pass', reason: 'NameValid', details: { region, name } } as const)
    : ({ kind: 'fail', reason: 'NameTaken', details: { name, why }, commandDetails } as const);
}

export const vaultNameValid = defineRule({
  id: 'vault-name-valid',
  title: 'The name of a vault that is to be created is valid and free',
  category: 'vault',
  severity: 'blocker',
  rationale:
    'Creation is rejected unless the name has 2 to 50 letters, digits or hyphens, a letter first, and is free. Azure takes a name as taken per subscription and type, and for more than 24 h after a deletion (call unconfirmed). Only asked where the service creates vaults and the region has none.',
  sources: [
    'Create and configure a Recovery Services vault',
    'Recovery Services API, checkNameAvailability (unconfirmed)',
  ],
  reviewed: '2026-11-21',
  needs: {
    vm: (vm) => ({ location: vm.region }),
  },
  pass: { NameValid: 'A vault in {region} may be called {name}.' },
  fail: {
    NameNotAllowed:
      "Vault name '{name}' is not allowed: it must have 2 to 50 letters, digits or hyphens, a letter first; it has {length} characters.",
    NameTaken: "Vault name '{name}' is not available: {why}.",
  },
  remedies: {
    NameNotAllowed: { text: 'Give {region} another name in newVaultNames, for example {example}.', commands: [] },
    NameTaken: { text: 'Give {region} another name in newVaultNames, for example {example}.', commands: [] },
  },
  concerns: needsVault,
  check({ vm }, { settings }, { items, vaults, newVaultName }) {
    const name = plannedVaultName(vm.region, settings);
    if (!settings.createVaults || name === undefined) {
      return notApplicable('The service creates no vault in this region.');
    }
    if (items.kind === 'unknown') {
      return { kind: 'unknown', because: items.because };
    }
    if (vaults.kind === 'unknown') {
      return { kind: 'unknown', because: vaults.because };
    }
    if (vaultsInRegion(vm, vaults.value).length > 0) {
      return notApplicable('The region has a vault.');
    }
    const finding = judgeName(name, vm.region, newVaultName);
    // Where a vault may be hidden, none may have to be created.
    return finding.kind === 'fail' && vaults.value.gap ? { kind: 'unknown', because: vaults.value.gap } : finding;
  },
});
