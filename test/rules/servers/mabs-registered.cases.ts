import { expect } from 'vitest';

import { fact, unread } from '../healthy-vm.ts';
import { dpm, engine, engineWithout, type ServerCase, strange } from './server-case.ts';

const { id } = engine();

export const cases: readonly ServerCase[] = [
  [
    'registered and active',
    {},
    {
      outcome: 'pass',
      reason: 'Registered',
      message: 'mabs01.contoso.local is registered with vault rsv-weu and active.',
      evidence: [
        {
          fact: 'engine',
          values: {
            backupEngineType: 'AzureBackupServerEngine',
            registrationStatus: 'Registered',
            backupEngineState: 'Active',
            canReRegister: true,
          },
        },
        { fact: 'registrations', values: { vaults: 'rsv-weu', serversInVault: 1 } },
        { fact: 'vault', values: { vault: 'rsv-weu' } },
      ],
    },
  ],
  [
    'DPM, registered and active in other letters',
    { engine: fact({ ...dpm, registrationStatus: 'registered', state: 'ACTIVE' }) },
    { outcome: 'pass', reason: 'Registered' },
  ],
  [
    'not registered',
    { engine: fact(engine({ registrationStatus: 'NotRegistered' })) },
    {
      outcome: 'fail',
      reason: 'NotRegistered',
      severity: 'blocker',
      message: 'mabs01.contoso.local is NotRegistered/Active in vault rsv-weu; it should be Registered/Active.',
      fix: {
        text: 'Register mabs01.contoso.local again with fresh vault credentials, under the same name; keep its passphrase.',
        commands: [`az rest --method get --url '${id}?api-version=2025-08-01'`],
      },
    },
  ],
  ['being deleted', { engine: fact(engine({ state: 'Deleting' })) }, { outcome: 'fail', reason: 'NotRegistered' }],
  [
    'a deletion that failed',
    { engine: fact(engine({ state: 'DeleteFailed' })) },
    { outcome: 'fail', reason: 'NotRegistered' },
  ],
  [
    'the 50th server of a vault',
    { registrations: fact({ vaultsOfHost: ['rsv-weu'], serversInVault: 50 }) },
    { outcome: 'pass', reason: 'Registered' },
  ],
  [
    'the 51st server of a vault',
    { registrations: fact({ vaultsOfHost: ['rsv-weu'], serversInVault: 51 }) },
    {
      outcome: 'fail',
      reason: 'VaultFull',
      severity: 'warning',
      message: 'Vault rsv-weu holds 51 backup servers; at most 50 are supported.',
    },
  ],
  [
    'registered twice',
    { registrations: fact({ vaultsOfHost: ['rsv-neu', 'rsv-weu'], serversInVault: 1 }) },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message:
        'mabs01.contoso.local is registered more than once (rsv-neu, rsv-weu); Azure does not say which registration lives.',
    },
  ],
  [
    'a registration that is not told',
    { engine: fact(engineWithout('registrationStatus')) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['a state that is not told', { engine: fact(engineWithout('state')) }, { outcome: 'unknown', cause: 'not-reported' }],
  [
    'a server of an unknown type',
    { engine: fact(strange) },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message:
        "Azure calls mabs01.contoso.local a backup server of type 'QuantumBackupEngine', which Backstop does not know.",
    },
  ],
  [
    'a server without a type',
    { engine: fact(engineWithout('type')) },
    { outcome: 'unknown', cause: 'not-reported', message: expect.stringContaining("of type ''") },
  ],
  ['a planned server', { engine: fact('planned') }, { outcome: 'notApplicable' }],
  ['a vault that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  [
    'other registrations that may not be read',
    { registrations: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['a vault of which nothing is known', { vault: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
