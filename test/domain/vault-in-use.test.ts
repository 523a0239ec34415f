import { describe, expect, it } from 'vitest';

import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import {
  hasVaultInUse,
  needsVault,
  valuePerVault,
  vaultInQuestion,
  vaultInUse,
} from '../../lib/domain/vault-in-use.ts';
import { fact, gap, healthyVm, item, live, machine, noItem, settings, unread, vault } from '../rules/healthy-vm.ts';

const old = vault('rsv-old', { region: 'northeurope' });

describe('hasVaultInUse and needsVault', () => {
  it.each<[string, FactSheet['items'], ReturnType<typeof hasVaultInUse>, ReturnType<typeof needsVault>]>([
    ['an item', live(item()), true, 'Vault rsv-weu holds an item of this VM already.'],
    ['no item', live(), 'No vault holds an item of this VM.', true],
    [
      'only a soft-deleted item',
      fact({ live: [], softDeleted: [item({ softDeleted: true })] }),
      'No vault holds an item of this VM.',
      true,
    ],
    ['items that nobody could read', unread, true, true],
  ])('%s', (_what, items, isInUse, isNeeded) => {
    expect(hasVaultInUse({ items })).toBe(isInUse);
    expect(needsVault({ items })).toBe(isNeeded);
  });
});

describe('vaultInUse', () => {
  it('is the vault of the better item, wherever it stands (rulings 2 and 13)', () => {
    const items = { live: [item({ protectionState: 'ProtectionStopped' }), item({}, old)], softDeleted: [] };

    expect(vaultInUse(items, { vaults: [vault('rsv-weu'), old] })).toEqual({ kind: 'known', vault: old });
  });

  it('is unknown, by its name, if its row was not read', () => {
    expect(vaultInUse({ live: [item()], softDeleted: [] }, { vaults: [old] })).toEqual({
      kind: 'unknown',
      because: { cause: 'partial-inventory', detail: 'The vault that holds the item could not be read: rsv-weu.' },
    });
  });
});

describe('vaultInQuestion', () => {
  it.each<[string, Partial<FactSheet>, object]>([
    ['the vault in use', {}, { kind: 'known', vault: { name: 'rsv-weu' } }],
    [
      'the vault in use, not read',
      { vaults: fact({ vaults: [] }) },
      { kind: 'unknown', because: { cause: 'partial-inventory' } },
    ],
    ['the vault to use', noItem, { kind: 'known', vault: { name: 'rsv-weu' } }],
    ['none', { ...noItem, vaults: fact({ vaults: [old] }) }, { kind: 'none' }],
    [
      'none, where vaults may be hidden',
      { ...noItem, vaults: fact({ vaults: [old], gap }) },
      { kind: 'unknown', because: gap },
    ],
    ['items that nobody could read', { items: unread }, { kind: 'unknown', because: { cause: 'no-permission' } }],
    ['vaults that nobody could read', { vaults: unread }, { kind: 'unknown', because: { cause: 'no-permission' } }],
  ])('%s', (_what, sheet, expected) => {
    expect(vaultInQuestion(machine(), healthyVm(sheet), settings)).toMatchObject(expected);
  });
});

describe('valuePerVault', () => {
  it('says the same in whatever order Azure lists the vaults', () => {
    const { redundancy: _, ...silent } = vault('rsv-b');
    const vaults = [silent, vault('rsv-a')];
    const words = 'rsv-a (GeoRedundant), rsv-b (not reported)';

    expect(valuePerVault({ vaults }, ({ redundancy }) => redundancy)).toBe(words);
    expect(valuePerVault({ vaults: vaults.toReversed() }, ({ redundancy }) => redundancy)).toBe(words);
  });
});
