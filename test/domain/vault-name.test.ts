import { describe, expect, it } from 'vitest';

import { isVaultName, nextVaultName, plannedVaultName } from '../../lib/domain/vault-name.ts';
import { settings, vault } from '../rules/healthy-vm.ts';

describe('isVaultName', () => {
  it.each(['r1', 'RSV-Payroll', `r${'x'.repeat(49)}`, 'a-'])('takes %s', (name) => {
    expect(isVaultName(name)).toBe(true);
  });

  it.each(['', 'r', `r${'x'.repeat(50)}`, '1rsv', '-rsv', 'rsv_1', 'rsv 1', 'rsv.1', 'rsvü', 'rsv\n'])(
    'refuses %j',
    (name) => {
      expect(isVaultName(name)).toBe(false);
    },
  );
});

describe('plannedVaultName', () => {
  it('is the one of the region, however the settings write the region', () => {
    const own = { ...settings, newVaultNames: { 'North Europe': 'rsv-neu', westeurope: 'rsv-weu' } };

    expect(plannedVaultName('northeurope', own)).toBe('rsv-neu');
    expect(plannedVaultName('westeurope', own)).toBe('rsv-weu');
    expect(plannedVaultName('europe', own)).toBeUndefined();
  });
});

describe('nextVaultName', () => {
  it('is one that no known vault has, in any letter case', () => {
    const named = (...names: readonly string[]) => ({ vaults: names.map((name) => vault(name)) });

    expect(nextVaultName('westeurope', named('rsv-weu'))).toBe('rsv-westeurope');
    expect(nextVaultName('westeurope', named('RSV-WestEurope'))).toBe('rsv-westeurope-2');
    expect(nextVaultName('westeurope', named('rsv-westeurope-2', 'rsv-westeurope'))).toBe('rsv-westeurope-3');
  });
});
