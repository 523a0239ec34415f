import { describe, expect, it } from 'vitest';

import { type BackupPolicy, templatePolicy } from '../../lib/domain/backup-policy.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import type { armId } from '../../lib/domain/ids.ts';
import { policyInQuestion } from '../../lib/domain/intended-policy.ts';
import { daily, fact, healthyVm, noItem, settings, unread, vault } from '../rules/healthy-vm.ts';

const none = fact(new Map<ReturnType<typeof armId>, BackupPolicy>());

describe('the policy in question', () => {
  it.each<[string, Partial<FactSheet>, object]>([
    ['of an item is its own', {}, { kind: 'assigned', policy: daily }],
    ['of a stopped item is none (ruling 36)', { policy: fact('none') }, { kind: 'none' }],
    ['of an item may not be read', { policy: unread }, unread],
    ['of items that may not be read', { items: unread }, unread],
    [
      'of a VM without an item is that of its vault (ruling 25)',
      noItem,
      { kind: 'intended', policy: daily, vault: vault('rsv-weu') },
    ],
    [
      'is the template of Backstop where its vault has none (ruling 25)',
      { ...noItem, policies: none },
      { kind: 'template', policy: templatePolicy },
    ],
    [
      'is the template of Backstop where there is no vault',
      { ...noItem, vaults: fact({ vaults: [] }), policies: unread },
      { kind: 'template', policy: templatePolicy },
    ],
    ['of a VM that may not be read', { ...noItem, vm: unread }, unread],
    ['of vaults that may not be read', { ...noItem, vaults: unread }, unread],
    ['of policies that may not be read', { ...noItem, policies: unread }, unread],
  ])('%s', (_what, facts, expected) => {
    expect(policyInQuestion(healthyVm(facts), settings)).toEqual(expected);
  });
});
