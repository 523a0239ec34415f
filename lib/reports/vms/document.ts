import { type ReportedVm, type ReportHead, reportFormatVersion } from './report-source.ts';
import type { ReportSummary } from './tally.ts';

/** A VM as JSON reports show it: what its row keeps for the service alone is left out. */
export function documentOf(vm: ReportedVm): ReportedVm {
  const { vmKey, vmId, name, subscriptionId, resourceGroup, region, owner, verdict, since, failing, unknown } = vm;
  const { findings, item, lastRecoveryPoint, exemption, createdAt, evidenceAt, runId } = vm;
  return {
    vmKey,
    vmId,
    name,
    subscriptionId,
    resourceGroup,
    region,
    owner,
    verdict,
    since,
    failing,
    unknown,
    findings,
    ...(item ? { item } : {}),
    ...(lastRecoveryPoint ? { lastRecoveryPoint } : {}),
    ...(exemption ? { exemption } : {}),
    ...(createdAt ? { createdAt } : {}),
    evidenceAt,
    ...(runId ? { runId } : {}),
  };
}

/** What JSON reports begin with. */
export function headerOf(head: ReportHead) {
  const { scope, filters, madeAt, completeness, exemptions } = head;
  return {
    report: 'vms',
    formatVersion: reportFormatVersion,
    madeBy: 'Backstop',
    scope,
    filters,
    madeAt,
    completeness,
    exemptions,
  };
}

/** What JSON reports end with: a file without it was cut off. */
export function trailerOf(summary: ReportSummary) {
  return { rows: summary.vms, summary, end: true };
}
