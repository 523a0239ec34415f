import { cannotTell, notApplicable } from '../../domain/rule.ts';
import { isInstalled, ofUnknownKind } from '../../domain/server-kind.ts';
import { defineServerRule } from '../../domain/server-rule.ts';
import { backupServerNeeds } from '../../domain/support-list.ts';
import { isWord } from '../../domain/word.ts';

const { serversPerVault } = backupServerNeeds;

export const mabsRegistered = defineServerRule({
  id: 'mabs-registered',
  title: 'The server is registered with a Recovery Services vault, once',
  category: 'vault',
  severity: 'blocker',
  rationale:
    'Registration with vault credentials is needed even if all copies stay on disk. A vault takes 50 servers. A host that is registered twice may send its backups by either registration: Azure does not say which one lives. The passphrase of at least 16 characters is kept by nobody else.',
  sources: ['Install and upgrade Azure Backup Server, 2026-01-21', 'Support matrix for Azure Backup, 2026-03-25'],
  reviewed: '2026-11-22',
  needs: {
    engine: (engine) =>
      engine === 'planned'
        ? {}
        : {
            backupEngineType: engine.type,
            registrationStatus: engine.registrationStatus,
            backupEngineState: engine.state,
            canReRegister: engine.canReRegister,
          },
    registrations: ({ vaultsOfHost, serversInVault }) => ({ vaults: vaultsOfHost.join(', '), serversInVault }),
    vault: ({ name }) => ({ vault: name }),
  },
  pass: { Registered: '{server} is registered with vault {vaultName} and active.' },
  fail: {
    NotRegistered: '{server} is {status}/{state} in vault {vaultName}; it should be Registered/Active.',
    VaultFull: 'Vault {vaultName} holds {count} backup servers; at most {most} are supported.',
  },
  remedies: {
    NotRegistered: {
      text: 'Register {server} again with fresh vault credentials, under the same name; keep its passphrase.',
      commands: ['az rest --method get --url {engineUrl}'],
    },
    VaultFull: {
      text: 'Register further servers with another vault.',
      commands: ['az rest --method get --url {enginesUrl}'],
    },
  },
  concerns: isInstalled,
  check({ engine, registrations, vault }) {
    if (engine === 'planned') {
      return notApplicable('The server is not installed yet.');
    }
    const unknownKind = ofUnknownKind(engine);
    if (unknownKind) {
      return unknownKind;
    }
    const { hostName: server, registrationStatus: status, state } = engine;
    if (registrations.vaultsOfHost.length > 1) {
      const vaults = registrations.vaultsOfHost.join(', ');
      return cannotTell(
        'not-reported',
        `${server} is registered more than once (${vaults}); Azure does not say which registration lives.`,
      );
    }
    if (status === undefined || state === undefined) {
      return cannotTell('not-reported', `Azure does not tell the registration of ${server}.`);
    }
    const details = { server, vaultName: vault.name };
    if (!isWord(status, 'Registered') || !isWord(state, 'Active')) {
      return { kind: 'fail', reason: 'NotRegistered', details: { ...details, status, state } };
    }
    if (registrations.serversInVault > serversPerVault) {
      const full = {
        vaultName: vault.name,
        count: String(registrations.serversInVault),
        most: String(serversPerVault),
      };
      const commandDetails = { enginesUrl: `${vault.id ?? ''}/backupEngines?api-version=2025-08-01` };
      return { kind: 'fail', reason: 'VaultFull', severity: 'warning', details: full, commandDetails };
    }
    return { kind: 'pass', reason: 'Registered', details };
  },
});
