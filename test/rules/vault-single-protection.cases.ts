import type { vaultSingleProtection } from '../../lib/rules/vault-single-protection.ts';
import type { Cases } from './case.ts';
import { fact, gap, item, live, noItem, unread, vault } from './healthy-vm.ts';

const stopped = item({ protectionState: 'ProtectionStopped' }, vault('rsv-old'));
const several = { outcome: 'fail', reason: 'SeveralItems', severity: 'blocker' } as const;
const one = { outcome: 'pass', reason: 'OneItem' } as const;

function disable(vaultName: string): string {
  return `az backup protection disable --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name ${vaultName} -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -i 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' --backup-management-type AzureIaasVM --yes`;
}

export const cases: Cases<typeof vaultSingleProtection> = [
  ['no item', noItem, { outcome: 'pass', reason: 'NoItem', message: 'No vault holds a live item of this VM.' }],
  ['one item', {}, { ...one, message: 'Only vault rsv-weu holds an item of this VM.' }],
  [
    'one item in an expected vault, whose id is written in another case',
    { settings: { expectedVaults: [vault('rsv-other').id, vault('RSV-WEU').id.toUpperCase()] } },
    one,
  ],
  [
    'one item in an unexpected vault',
    { settings: { expectedVaults: [vault('rsv-other').id] } },
    {
      outcome: 'fail',
      reason: 'UnexpectedVault',
      severity: 'blocker',
      message: `The VM is already protected in ${vault('rsv-weu').key}, which is not one of the expected vaults.`,
      fix: { commands: [disable('rsv-weu')] },
    },
  ],
  [
    'two live items: protection of the worse one is to be stopped (ruling 13)',
    { items: live(item(), stopped) },
    { ...several, message: 'The VM has 2 live items, in rsv-weu, rsv-old.', fix: { commands: [disable('rsv-old')] } },
  ],
  [
    'two live items in the other order (ruling 13)',
    { items: live(stopped, item()) },
    { ...several, message: 'The VM has 2 live items, in rsv-weu, rsv-old.', fix: { commands: [disable('rsv-old')] } },
  ],
  [
    'two live items of which the better one is in an unexpected vault',
    { items: live(stopped, item()), settings: { expectedVaults: [vault('rsv-old').id] } },
    { ...several, fix: { commands: [disable('rsv-weu')] } },
  ],
  [
    'an item and a soft-deleted one',
    { items: fact({ live: [item()], softDeleted: [item({ softDeleted: true }, vault('rsv-old'))] }) },
    one,
  ],
  [
    'one item where others may be hidden (ruling 4)',
    { items: fact({ live: [item()], softDeleted: [], gap }) },
    { outcome: 'unknown', cause: 'partial-inventory', message: gap.detail },
  ],
  [
    'no item where others may be hidden (ruling 4)',
    { ...noItem, items: fact({ live: [], softDeleted: [], gap }) },
    { outcome: 'unknown', cause: 'partial-inventory' },
  ],
  [
    'two live items, and others may be hidden',
    { items: fact({ live: [item(), stopped], softDeleted: [], gap }) },
    several,
  ],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
