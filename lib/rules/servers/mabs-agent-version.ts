import { isOlder, parseVersion } from '../../domain/agent.ts';
import { cannotTell, notApplicable } from '../../domain/rule.ts';
import { isInstalled } from '../../domain/server-kind.ts';
import { defineServerRule } from '../../domain/server-rule.ts';
import { backupServerNeeds } from '../../domain/support-list.ts';

const oldest = backupServerNeeds.agent;

export const mabsAgentVersion = defineServerRule({
  id: 'mabs-agent-version',
  title: 'The Recovery Services agent on the server is current',
  category: 'agent',
  severity: 'warning',
  rationale:
    'Agents older than 2.0.9249.0 fail to register and to speak TLS with Azure. A newer agent that Azure offers is worth a remark.',
  sources: [
    'Install and upgrade Azure Backup Server, 2026-01-21',
    'ARM type definitions of recoveryservicesbackup, 2026-07-01',
  ],
  reviewed: '2026-11-22',
  needs: {
    engine: (engine) =>
      engine === 'planned'
        ? {}
        : {
            azureBackupAgentVersion: engine.agentVersion,
            isAzureBackupAgentUpgradeAvailable: engine.isAgentUpgradeAvailable,
          },
  },
  pass: { Current: 'Agent {version} on {server} is current.' },
  fail: {
    TooOld: 'Agent {version} on {server} is older than {oldest}.',
    UpgradeAvailable: 'Agent {version} on {server} works, and Azure offers a newer one.',
  },
  remedies: {
    TooOld: {
      text: 'Install the current Microsoft Azure Recovery Services agent on {server}; the vault offers it for download.',
      commands: ['az rest --method get --url {engineUrl}'],
    },
    UpgradeAvailable: {
      text: 'Install the current Microsoft Azure Recovery Services agent on {server} when it suits.',
      commands: ['az rest --method get --url {engineUrl}'],
    },
  },
  concerns: isInstalled,
  check({ engine }) {
    if (engine === 'planned') {
      return notApplicable('The server is not installed yet.');
    }
    const { agentVersion: version, isAgentUpgradeAvailable, hostName: server } = engine;
    const parts = parseVersion(version);
    if (version === undefined || parts === undefined) {
      return cannotTell(
        'not-reported',
        `The version of the agent on ${server} is '${version ?? ''}', which tells nothing.`,
      );
    }
    const details = { version, server };
    if (isOlder(parts, parseVersion(oldest) ?? [])) {
      return { kind: 'fail', reason: 'TooOld', details: { ...details, oldest } };
    }
    if (isAgentUpgradeAvailable === undefined) {
      return cannotTell(
        'not-reported',
        `Azure does not tell whether there is a newer agent than ${version} for ${server}.`,
      );
    }
    return isAgentUpgradeAvailable
      ? { kind: 'fail', reason: 'UpgradeAvailable', severity: 'info', details }
      : { kind: 'pass', reason: 'Current', details };
  },
});
