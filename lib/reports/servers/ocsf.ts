import type { Finding } from '../../domain/finding.ts';
import type { ServerVerdict } from '../../domain/server-verdict.ts';
import { familyOfRule } from '../finding-family.ts';
import { eventOf, ocsfVersion } from '../vms/ocsf-event.ts';
import type { Told } from '../vms/ocsf-told.ts';
import type { ReportedServer, ServerReport } from './reported-server.ts';

const statusOf: Readonly<Record<ServerVerdict, Told['status']>> = {
  working: 'pass',
  'at-risk': 'fail',
  stopped: 'fail',
  undetermined: 'unknown',
};

function toldOfVerdict({ verdict, since, operations }: ReportedServer): Told {
  const status = statusOf[verdict];
  return {
    about: 'verdict',
    status,
    severity: status === 'fail' ? 'blocker' : status === 'unknown' ? 'warning' : 'info',
    message: `The backup server is ${verdict}, since ${since}.`,
    details: [verdict, ...operations.warnings],
    family: status === 'unknown' ? 'evidence-incomplete' : 'not-working',
  };
}

function toldOfFinding(finding: Finding): Told {
  const { rule: about, severity, message } = finding;
  return finding.outcome === 'unknown'
    ? { about, status: 'unknown', severity, message, details: [finding.cause], family: 'evidence-incomplete', finding }
    : {
        about,
        status: 'fail',
        severity,
        message,
        details: 'reason' in finding ? [finding.reason] : [],
        family: familyOfRule(about),
        finding,
      };
}

function metadataOf({ madeAt, completeness }: ServerReport) {
  const { runId, complete, vaults, gaps } = completeness;
  const tags = {
    'report-made-at': madeAt,
    'survey-complete': String(complete),
    vaults: String(vaults),
    gaps: String(gaps.length),
  };
  return {
    version: ocsfVersion,
    profiles: ['cloud'],
    product: { name: 'Backstop', vendor_name: 'Backstop' },
    logged_time: Date.parse(madeAt),
    ...(runId === null ? {} : { correlation_uid: runId }),
    tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
  };
}

/** Compliance findings of OCSF: of each server its verdict, and each open finding for itself. */
export function serversOcsf(report: ServerReport, ruleTitles: Readonly<Record<string, string>>) {
  const metadata = metadataOf(report);
  return report.servers.flatMap((server) => {
    const { serverKey: key, serverId, name, evidenceAt, region, subscriptionId, resourceGroup } = server;
    const resource = {
      uid: serverId,
      name,
      type: 'Microsoft.RecoveryServices/vaults/backupEngines',
      region,
      group: { name: resourceGroup, type: 'resource group' },
    };
    const open = server.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown');
    return [toldOfVerdict(server), ...open.map(toldOfFinding)].map((told) =>
      eventOf(
        told,
        { key, evidenceAt, region, subscriptionId, resource },
        metadata,
        ruleTitles[told.about] ?? 'The backup server works',
      ),
    );
  });
}
