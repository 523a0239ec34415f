import { allowListText } from '../../domain/allowed-domains.ts';
import { spanText } from '../../domain/instant.ts';
import { lastContactOf } from '../../domain/last-contact.ts';
import { cannotTell, notApplicable } from '../../domain/rule.ts';
import { isInstalled } from '../../domain/server-kind.ts';
import { silenceAt, silentAfterHours } from '../../domain/server-operations.ts';
import { defineServerRule } from '../../domain/server-rule.ts';

const openUp =
  'Run Get-DPMCloudConnection in the PowerShell console of {server}: True means that there is a connection. If not, let its firewall and proxy pass HTTPS (443) to {domains}.';

export const mabsConnectivity = defineServerRule({
  id: 'mabs-connectivity',
  title: 'The server was in touch with Azure within the last day',
  category: 'network',
  severity: 'blocker',
  rationale:
    'After more than 15 days without a connection a server stops backups, to Azure and to its own disks; restores go on. From outside only the time is seen at which it last told something, which stands in for Get-DPMCloudConnection on the server.',
  sources: [
    'Install and upgrade Azure Backup Server, 2026-01-21',
    'ARM type definitions of recoveryservicesbackup, 2026-07-01',
  ],
  reviewed: '2026-11-22',
  needs: {
    engine: (engine) =>
      engine === 'planned'
        ? {}
        : { 'extendedInfo.refreshedAt': engine.extendedInfo?.refreshedAt, healthStatus: engine.healthStatus },
  },
  pass: { InTouch: '{server} was in touch with Azure {ago} ago.' },
  fail: {
    Silent: '{server} last reported {ago} ago; backups to Azure and to disk stop in {left}, after {end}.',
    Lost: '{server} last reported {ago} ago; backups to Azure and to disk have been stopped since {end}.',
  },
  remedies: {
    Silent: { text: openUp, commands: ['az rest --method get --url {engineUrl}'] },
    Lost: { text: openUp, commands: ['az rest --method get --url {engineUrl}'] },
  },
  concerns: isInstalled,
  check({ engine }, { now }, sheet) {
    if (engine === 'planned') {
      return notApplicable('The server is not installed yet.');
    }
    const server = engine.hostName;
    const contact = lastContactOf(sheet);
    if (contact.kind === 'unknown') {
      return contact;
    }
    const silence = silenceAt(contact.value, now);
    if (!silence) {
      return cannotTell('not-reported', `The last contact of ${server}, ${contact.value}, is yet to come.`);
    }
    const { milliseconds, millisecondsLeft, backupsStopAt: end } = silence;
    const details = { server, ago: spanText(milliseconds) };
    const commandDetails = { domains: allowListText(sheet.vault.kind === 'known' ? sheet.vault.value.region : '') };
    if (millisecondsLeft === undefined) {
      return { kind: 'fail', reason: 'Lost', details: { ...details, end }, commandDetails };
    }
    if (milliseconds < silentAfterHours * 3_600_000) {
      return { kind: 'pass', reason: 'InTouch', details };
    }
    const left = spanText(millisecondsLeft);
    return { kind: 'fail', reason: 'Silent', severity: 'warning', details: { ...details, left, end }, commandDetails };
  },
});
