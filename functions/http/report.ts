import type { HttpRequest } from '@azure/functions';
import * as z from 'zod';

import { app as backstop } from '../../lib/app.ts';
import { fileNameOf, type VmReportFile, vmReports } from '../../lib/reports/vms/formats.ts';
import type { ReportRequest } from '../../lib/use-cases/export-ports.ts';
import { limited, openReport, TooManyRows } from '../../lib/use-cases/open-report.ts';
import { requestExport } from '../../lib/use-cases/request-export.ts';
import { statusOf } from '../../lib/use-cases/show-export.ts';
import { reply, replyFile } from './operation.ts';
import { Problem } from './problem.ts';
import { orUnknownScope, Scope } from './scope.ts';
import { vmFilter } from './vm-filter.ts';

/** What a report about VMs is asked for. */
export const ReportQuery = z
  .strictObject({
    ...vmFilter,
    scope: Scope.optional(),
    async: z.enum(['true', 'false'], 'expected true or false').optional(),
  })
  .refine(({ scope, subscription, region }) => !(scope && (subscription || region)), {
    path: ['scope'],
    message: 'not together with subscription or region',
  });

/** Seconds after which it is worth asking for an export. */
const askAgainSeconds = 5;

/** Where an export tells how it stands; host.json says `routePrefix: api`. */
export const addressOf = (exportId: string) => `/api/reports/exports/${exportId}`;

/** Headers of a report as a file, wherever its bytes come from. */
export function fileHeaders(report: VmReportFile, fileName: string): Record<string, string> {
  return { 'content-disposition': `attachment; filename="${fileName}"`, ...vmReports[report].headers };
}

/** The report as a whole. Throws `TooManyRows`, and `UnknownScope`. */
async function answerNow(report: VmReportFile, asked: ReportRequest) {
  const { ports, config } = backstop();
  const source = limited(await openReport(ports, config.exemptions.noticeDays, asked), config.reportRows);
  const { write, contentType } = vmReports[report];
  const chunks = await Array.fromAsync(write(source), (chunk) => Buffer.from(chunk));
  const { madeAt, completeness } = source.head;
  const headers = fileHeaders(report, fileNameOf(report, madeAt, completeness));
  return replyFile(200, Buffer.concat(chunks), contentType, headers);
}

/** 202 with the address at which an export tells how it stands. */
async function answerLater(report: VmReportFile, asked: ReportRequest) {
  const { ports, exporting } = backstop();
  const answer = await requestExport({ ...ports, ...exporting }, report, asked);
  if (answer.kind === 'too-many') {
    throw new Problem(429, 'Too many exports', 'Too many exports are under way; ask again when one is done.', {
      retryAfterSeconds: 60,
    });
  }
  const location = addressOf(answer.export.exportId);
  const headers = { location, 'retry-after': String(askAgainSeconds) };
  return reply(202, { ...statusOf(answer.export), status: location }, headers);
}

/** A report about VMs: at once, or as an export where it is asked for so, or has too many rows. */
export async function answerVmReport(
  report: VmReportFile,
  { scope, async: isLater, ...query }: z.output<typeof ReportQuery>,
  headers: HttpRequest['headers'],
) {
  const asked: ReportRequest = { ...query, ...scope };
  if (isLater === 'true' || headers.get('prefer')?.toLowerCase().includes('respond-async')) {
    return answerLater(report, asked);
  }
  try {
    return await orUnknownScope(answerNow(report, asked));
  } catch (error) {
    if (error instanceof TooManyRows) {
      return answerLater(report, asked);
    }
    throw error;
  }
}
