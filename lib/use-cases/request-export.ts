import { randomBytes } from 'node:crypto';

import type { VmReportFile } from '../reports/vms/formats.ts';
import type { Export, ExportPorts, ReportRequest } from './export-ports.ts';
import { isAbandoned } from './show-export.ts';

/** Exports that may be under way at a time: each reads all rows. */
const mostRunning = 10;

/** What became of the wish for an export. */
export type ExportAnswer = { readonly kind: 'accepted'; readonly export: Export } | { readonly kind: 'too-many' };

function isSame(one: ReportRequest, other: ReportRequest): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as ReadonlySet<keyof ReportRequest>;
  return [...names].every((name) => one[name] === other[name]);
}

/** Asks for a report to be written to a file. One that is under way already, for the same wish, is answered again. */
export async function requestExport(
  { exports, queues, clock }: Pick<ExportPorts, 'exports' | 'queues' | 'clock'>,
  report: VmReportFile,
  request: ReportRequest,
): Promise<ExportAnswer> {
  const now = clock();
  const running = (await exports.all())
    .map(({ value }) => value)
    .filter((each) => each.state === 'running' && !isAbandoned(each, now));
  const same = running.find((each) => each.report === report && isSame(each.request, request));
  if (same) {
    return { kind: 'accepted', export: same };
  }
  if (running.length >= mostRunning) {
    return { kind: 'too-many' };
  }
  const at = now.toISOString();
  const exportId = randomBytes(16).toString('hex');
  const wanted: Export = {
    exportId,
    report,
    request,
    state: 'running',
    requestedAt: at,
    changedAt: at,
    attempts: 0,
    rowsRead: 0,
  };
  // The row first: a message without one would be passed over.
  await exports.write({ value: wanted });
  await queues.makeExport({ exportId });
  return { kind: 'accepted', export: wanted };
}
