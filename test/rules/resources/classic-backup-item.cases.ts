import { fact, unread } from '../healthy-vm.ts';
import { heldItem, type ResourceCase } from './resource-case.ts';

export const cases: readonly ResourceCase[] = [
  [
    'an item of a classic VM',
    { classicItems: fact([heldItem('old-vm')]) },
    [
      {
        outcome: 'fail',
        reason: 'Present',
        severity: 'warning',
        message: 'Vault rsv-weu still holds recovery points of classic VM old-vm.',
        evidence: [{ fact: 'classicItems', values: { id: heldItem('old-vm').id } }],
        fix: {
          text: 'Restore as managed disks what is needed, then stop protection; the points are retained.',
          commands: [
            "az backup recoverypoint list --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'c;old-vm' -i 'i;old-vm' --backup-management-type AzureIaasVM",
            "az backup protection disable --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'c;old-vm' -i 'i;old-vm' --backup-management-type AzureIaasVM --yes",
          ],
        },
      },
    ],
  ],
  ['none', {}, []],
  ['items that may not be read', { classicItems: unread }, [{ outcome: 'unknown', cause: 'no-permission' }]],
];
