import { describe, expect, it } from 'vitest';

import type { BackupPolicy } from '../../lib/domain/backup-policy.ts';
import { enhancedTarget } from '../../lib/domain/enhanced-target.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import { armId } from '../../lib/domain/ids.ts';
import {
  daily,
  fact,
  healthyVm,
  item,
  live,
  noItem,
  otherSubscription,
  ownSubscription,
  settings,
  unread,
  vault,
} from '../rules/healthy-vm.ts';

const hub = vault('rsv-hub', { subscriptionId: otherSubscription });

function target(change: Partial<FactSheet>) {
  return enhancedTarget(healthyVm(change), settings);
}

/** The policies of a vault, by name, with their kinds. */
function policies(holder: { readonly id: string }, kinds: Readonly<Record<string, BackupPolicy['subtype']>>) {
  return fact(
    new Map(
      Object.entries(kinds).map(([name, subtype]) => {
        const id = armId(`${holder.id}/backupPolicies/${name}`);
        return [
          id,
          { id, name, ...(subtype ? { subtype } : {}), ...(daily.schedule ? { schedule: daily.schedule } : {}) },
        ];
      }),
    ),
  );
}

describe('the target of commands that give an Enhanced policy', () => {
  it('is the vault that holds the VM', () => {
    expect(target({ items: live(item({}, hub)) })).toEqual({
      targetSubscription: otherSubscription,
      targetResourceGroup: 'rg-backup',
      targetVault: 'rsv-hub',
      enhanced: 'EnhancedPolicy',
    });
  });

  it('is the vault that a VM without an item would get', () => {
    expect(target(noItem)).toEqual({
      targetSubscription: ownSubscription,
      targetResourceGroup: 'rg-backup',
      targetVault: 'rsv-weu',
      enhanced: 'EnhancedPolicy',
    });
  });

  it.each<[string, Partial<FactSheet>]>([
    ['no vault is left', { ...noItem, vaults: fact({ vaults: [hub] }) }],
    ['the vaults could not be read', { ...noItem, vaults: unread }],
    ['the VM could not be read', { ...noItem, vm: unread }],
  ])('is to be named by the reader where %s', (_what, change) => {
    expect(target(change)).toEqual({
      targetSubscription: '<subscription of the vault>',
      targetResourceGroup: '<resource group of the vault>',
      targetVault: '<vault to create first>',
      enhanced: 'EnhancedPolicy',
    });
  });

  it.each<[string, FactSheet['policies'], string]>([
    [
      'the given one if it is there',
      policies(vault('rsv-weu'), { 'a-v2': 'Enhanced', EnhancedPolicy: 'Enhanced' }),
      'EnhancedPolicy',
    ],
    ['the first by name else', policies(vault('rsv-weu'), { 'b-v2': 'Enhanced', 'a-v2': 'Enhanced' }), 'a-v2'],
    ['not a Standard one', policies(vault('rsv-weu'), { a: 'Standard', 'b-v2': 'Enhanced', c: undefined }), 'b-v2'],
    ['not one of another vault', policies(vault('rsv-weu-2'), { 'a-v2': 'Enhanced' }), 'EnhancedPolicy'],
    ['the given one if none is there', policies(vault('rsv-weu'), { a: 'Standard' }), 'EnhancedPolicy'],
    ['the given one if the policies could not be read', unread, 'EnhancedPolicy'],
  ])('names as policy %s', (_what, read, expected) => {
    expect(target({ policies: read }).enhanced).toBe(expected);
  });
});
