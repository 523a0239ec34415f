import { writeCsv } from './csv.ts';
import { contentSecurityPolicy, writeHtml } from './html.ts';
import { writeJson, writeNdjson } from './json.ts';
import { writeOcsf } from './ocsf.ts';
import type { ReportedCompleteness, ReportWriter } from './report-source.ts';
import { writeSummaryCsv } from './summary-csv.ts';

/** A file that reports about VMs come as. */
export interface ReportFormat {
  readonly contentType: string;
  /** Headers that it needs beside those of every report. */
  readonly headers: Readonly<Record<string, string>>;
  readonly write: ReportWriter;
}

/** The reports about VMs by the names of their files. */
export const vmReports = {
  'vms.json': { contentType: 'application/json', headers: {}, write: writeJson },
  'vms.ndjson': { contentType: 'application/x-ndjson', headers: {}, write: writeNdjson },
  'vms.csv': { contentType: 'text/csv; charset=utf-8; header=present', headers: {}, write: writeCsv },
  'vms.html': {
    contentType: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': contentSecurityPolicy },
    write: writeHtml,
  },
  'vms.ocsf.json': { contentType: 'application/json', headers: {}, write: writeOcsf },
  'summary.csv': { contentType: 'text/csv; charset=utf-8; header=present', headers: {}, write: writeSummaryCsv },
} as const satisfies Readonly<Record<string, ReportFormat>>;

export type VmReportFile = keyof typeof vmReports;

/** Whether there is a report about VMs of that name. */
export function isVmReport(file: string): file is VmReportFile {
  return Object.hasOwn(vmReports, file);
}

/** What a report is saved as: with its day, and with the word where it does not tell everything. */
export function fileNameOf(file: string, madeAt: string, { complete }: Pick<ReportedCompleteness, 'complete'>): string {
  const [name = '', ...extensions] = file.split('.');
  return `backstop-${name}-${madeAt.slice(0, 10)}${complete ? '' : '-incomplete'}.${extensions.join('.')}`;
}
