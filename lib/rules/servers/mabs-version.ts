import { parseVersion } from '../../domain/agent.ts';
import { cannotTell, notApplicable } from '../../domain/rule.ts';
import { isInstalled } from '../../domain/server-kind.ts';
import { defineServerRule } from '../../domain/server-rule.ts';

export const mabsVersion = defineServerRule({
  id: 'mabs-version',
  title: 'The version of the backup server is current',
  category: 'agent',
  severity: 'info',
  rationale:
    'Azure tells whether it offers a newer version. The way from version 3 (RTM, UR1, UR2) leads to version 4, after the operating system was upgraded.',
  sources: ['Install and upgrade Azure Backup Server, 2026-01-21'],
  reviewed: '2026-11-22',
  needs: {
    engine: (engine) =>
      engine === 'planned'
        ? {}
        : { dpmVersion: engine.productVersion, isDpmUpgradeAvailable: engine.isUpgradeAvailable },
  },
  pass: { Current: 'Version {version} of {server} is current.' },
  fail: { UpgradeAvailable: 'There is a newer version than {version} for {server}.' },
  remedies: {
    UpgradeAvailable: {
      text: 'Upgrade the operating system of {server} first, then the backup server.',
      commands: ['az rest --method get --url {engineUrl}'],
    },
  },
  concerns: isInstalled,
  check({ engine }) {
    if (engine === 'planned') {
      return notApplicable('The server is not installed yet.');
    }
    const { productVersion: version, isUpgradeAvailable, hostName: server } = engine;
    if (version === undefined || !parseVersion(version)) {
      return cannotTell('not-reported', `The version of ${server} is '${version ?? ''}', which tells nothing.`);
    }
    if (isUpgradeAvailable === undefined) {
      return cannotTell(
        'not-reported',
        `Azure does not tell whether there is a newer version than ${version} for ${server}.`,
      );
    }
    const details = { version, server };
    return isUpgradeAvailable
      ? { kind: 'fail', reason: 'UpgradeAvailable', details }
      : { kind: 'pass', reason: 'Current', details };
  },
});
