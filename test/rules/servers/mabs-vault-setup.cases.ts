import { fact, settings, unread } from '../healthy-vm.ts';
import { type ServerCase, serverVault } from './server-case.ts';

const { redundancy: _, ...withoutRedundancy } = serverVault();

export const cases: readonly ServerCase[] = [
  [
    'geo-redundant',
    {},
    {
      outcome: 'pass',
      reason: 'Allowed',
      message: 'Vault rsv-weu uses GeoRedundant; required: GeoRedundant, ZoneRedundant.',
      evidence: [{ fact: 'vault', values: { name: 'rsv-weu', standardTierStorageRedundancy: 'GeoRedundant' } }],
    },
  ],
  [
    'zone-redundant in other letters',
    { vault: fact(serverVault({ redundancy: 'zoneredundant' })) },
    { outcome: 'pass', reason: 'Allowed' },
  ],
  [
    'locally redundant',
    { vault: fact(serverVault({ redundancy: 'LocallyRedundant' })) },
    {
      outcome: 'fail',
      reason: 'NotAllowed',
      severity: 'warning',
      fix: {
        commands: [
          'az backup vault backup-properties set --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup -n rsv-weu --backup-storage-redundancy GeoRedundant',
        ],
      },
    },
  ],
  [
    'a planned vault, locally redundant',
    { engine: fact('planned'), vault: fact({ name: 'rsv-new', region: 'westeurope', redundancy: 'LocallyRedundant' }) },
    {
      outcome: 'fail',
      reason: 'NotAllowedYet',
      fix: { text: 'Create the vault with GeoRedundant, before anything is registered with it.', commands: [] },
    },
  ],
  [
    'a planned vault whose name begins with a digit',
    { engine: fact('planned'), vault: fact({ name: '1-vault', region: 'westeurope', redundancy: 'GeoRedundant' }) },
    { outcome: 'fail', reason: 'NameNotAllowed', severity: 'blocker' },
  ],
  [
    'a name of 51 characters',
    { vault: fact(serverVault({ name: 'v'.repeat(51) })) },
    { outcome: 'fail', reason: 'NameNotAllowed' },
  ],
  [
    'a name of 50 characters',
    { vault: fact(serverVault({ name: 'v'.repeat(50) })) },
    { outcome: 'pass', reason: 'Allowed' },
  ],
  ['no redundancy required', { settings: { ...settings, allowedRedundancy: [] } }, { outcome: 'notApplicable' }],
  ['a redundancy that is not told', { vault: fact(withoutRedundancy) }, { outcome: 'unknown', cause: 'not-reported' }],
  [
    'an invalid redundancy',
    { vault: fact(serverVault({ redundancy: 'Invalid' })) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['a vault of which nothing is known', { vault: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
