import { armId } from '../domain/ids.ts';
import { liveItems } from '../domain/protection.ts';
import { defineRule } from '../domain/rule.ts';

export const vaultSingleProtection = defineRule({
  id: 'vault-single-protection',
  title: 'The VM is protected in at most one vault, and in an expected one',
  category: 'vault',
  severity: 'blocker',
  rationale:
    'A VM can be backed up in only one vault at a time; changing vaults means stopping protection in the old one first. Items are matched on the full id of the VM, never on its name.',
  sources: ['Back up Azure VMs in a Recovery Services vault, 2026-03-25'],
  reviewed: '2026-11-20',
  needs: {
    items: (items) => ({
      sourceResourceId: items.live.length,
      vaults: liveItems(items)
        .map((item) => item.vaultId)
        .join(', '),
    }),
  },
  pass: {
    NoItem: 'No vault holds a live item of this VM.',
    OneItem: 'Only vault {vault} holds an item of this VM.',
  },
  fail: {
    SeveralItems: 'The VM has {count} live items, in {vaults}.',
    UnexpectedVault: 'The VM is already protected in {vaultId}, which is not one of the expected vaults.',
  },
  remedies: {
    SeveralItems: {
      text: 'Keep the wanted vault; stop protection in the other one (its data is retained).',
      commands: [
        'az backup protection disable --subscription {otherSubscription} -g {otherResourceGroup} --vault-name {otherVault} -c {otherContainer} -i {otherItem} --backup-management-type AzureIaasVM --yes',
      ],
    },
    UnexpectedVault: {
      text: 'Leave it, or stop protection there (its data is retained) and enable it in the wanted vault.',
      commands: [
        'az backup protection disable --subscription {otherSubscription} -g {otherResourceGroup} --vault-name {otherVault} -c {otherContainer} -i {otherItem} --backup-management-type AzureIaasVM --yes',
      ],
    },
  },
  check({ items }, { settings }) {
    const expected = settings.expectedVaults.map(armId);
    const live = liveItems(items);
    const unexpected = live.find((item) => expected.length > 0 && !expected.includes(item.vaultId));
    const [first, second] = live;
    const other = unexpected ?? second;
    const commandDetails = other
      ? {
          otherSubscription: other.vaultId.split('/')[2] ?? '',
          otherResourceGroup: other.vaultResourceGroup,
          otherVault: other.vaultName,
          otherContainer: other.containerName,
          otherItem: other.itemName,
        }
      : {};
    if (second) {
      const vaults = live.map((item) => item.vaultName).join(', ');
      return {
        kind: 'fail',
        reason: 'SeveralItems',
        details: { count: String(live.length), vaults },
        commandDetails,
      };
    }
    if (unexpected) {
      return { kind: 'fail', reason: 'UnexpectedVault', details: { vaultId: unexpected.vaultId }, commandDetails };
    }
    if (items.gap) {
      return { kind: 'unknown', because: items.gap };
    }
    return first
      ? { kind: 'pass', reason: 'OneItem', details: { vault: first.vaultName } }
      : { kind: 'pass', reason: 'NoItem', details: {} };
  },
});
