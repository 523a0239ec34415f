import { type Cell, csvLine } from '../vms/csv-line.ts';
import type { ReportedServer, ServerReport } from './reported-server.ts';

function openOf({ findings }: ReportedServer) {
  return findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown');
}

/** Columns in their order; new ones are only added at the end. */
const columns: Readonly<Record<string, (server: ReportedServer, report: ServerReport) => Cell>> = {
  name: (server) => server.name,
  product: (server) => server.product,
  verdict: (server) => server.verdict,
  since: (server) => server.since,
  connectivity: ({ operations }) => operations.connectivity,
  last_contact: ({ operations }) => operations.lastContact,
  backups_stop_at: ({ operations }) => operations.backupsStopAt,
  days_left: ({ operations }) => operations.daysLeft,
  subscription_state: ({ operations }) => operations.subscription,
  backup_to_azure: ({ operations }) => operations.operations.backupToAzure,
  backup_to_disk: ({ operations }) => operations.operations.backupToDisk,
  restore_from_azure: ({ operations }) => operations.operations.restoreFromAzure,
  restore_from_disk: ({ operations }) => operations.operations.restoreFromDisk,
  warnings: ({ operations }) => operations.warnings.join(' '),
  vault: (server) => server.vault,
  subscription_id: (server) => server.subscriptionId,
  resource_group: (server) => server.resourceGroup,
  region: (server) => server.region,
  failing_rules: (server) => server.failing.join(' '),
  unknown_rules: (server) => server.unknown.join(' '),
  to_be_confirmed: (server) => server.checklist.map(({ rule }) => rule).join(' '),
  findings: (server) =>
    openOf(server)
      .map(({ rule, message }) => `${rule}: ${message}`)
      .join(' | '),
  evidence_at: (server) => server.evidenceAt,
  server_id: (server) => server.serverId,
  server_key: (server) => server.serverKey,
  report_made_at: (_, { madeAt }) => madeAt,
  report_run: (_, { completeness }) => completeness.runId,
  report_complete: (_, { completeness }) => completeness.complete,
};

/** The table of backup servers; what it rests on stands in every row. */
export function serversCsv(report: ServerReport): string {
  const cells = Object.values(columns);
  const rows = report.servers.map((server) => csvLine(cells.map((cellOf) => cellOf(server, report))));
  return [csvLine(Object.keys(columns)), ...rows].join('');
}
