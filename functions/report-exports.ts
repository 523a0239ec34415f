import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { isVmReport, vmReports } from '../lib/reports/vms/formats.ts';
import type { Export } from '../lib/use-cases/export-ports.ts';
import { exportDays, findExport, statusOf } from '../lib/use-cases/show-export.ts';
import { operation, reply, replyFile } from './http/operation.ts';
import { Problem } from './http/problem.ts';
import { addressOf, fileHeaders } from './http/report.ts';
import { route } from './http/route.ts';
import { StatusOfExport } from './http/schemas/report.ts';

const Params = z.object({ exportId: z.string() });

async function exportOf({ exportId }: z.output<typeof Params>): Promise<Export> {
  const { ports, exporting } = backstop();
  const found = await findExport({ ...ports, ...exporting }, exportId);
  if (!found) {
    const detail = `There is no export with this id; each is kept for ${exportDays} days. Ask for the report again.`;
    throw new Problem(404, 'Not found', detail);
  }
  return found;
}

/** How an export stands, and where its file is once it is done. */
route({
  name: 'report-export',
  path: 'reports/exports/{exportId}',
  operations: [
    operation({
      method: 'GET',
      id: 'getExport',
      summary: 'How an export stands.',
      heading: 'Reports',
      role: 'Reader',
      params: Params,
      answers: { 200: StatusOfExport },
      problems: [404],
      async handle({ params }) {
        const found = await exportOf(params);
        const file = found.finished ? `${addressOf(found.exportId)}/file` : null;
        return reply(200, { ...statusOf(found), file });
      },
    }),
  ],
});

const gz = 'application/gzip';
const unpackedTypes = [...new Set(Object.values(vmReports).map(({ contentType }) => contentType))];

/** The file of an export: compressed in transit for whoever takes that, else as a `.gz` file. */
route({
  name: 'report-export-file',
  path: 'reports/exports/{exportId}/file',
  operations: [
    operation({
      method: 'GET',
      id: 'getExportFile',
      summary: 'The file of an export that is done: in its own type to who takes gzip on the way, else as a .gz file.',
      heading: 'Reports',
      role: 'Reader',
      params: Params,
      answers: { 200: { type: gz, otherTypes: unpackedTypes, description: 'The report, compressed.' } },
      problems: [404, 409],
      async handle({ params, headers }) {
        const { state, report, finished, why } = await exportOf(params);
        if (!finished || !isVmReport(report)) {
          throw new Problem(409, 'There is no file', why ?? 'The export is still under way.', { state });
        }
        const bytes = await backstop().exporting.files.read(finished.storedAs);
        if (!bytes) {
          throw new Problem(404, 'Not found', 'The file of this export is gone. Ask for the report again.');
        }
        const isUnpacked = /\bgzip\b/i.test(headers.get('accept-encoding') ?? '');
        const own = isUnpacked
          ? { ...fileHeaders(report, finished.fileName), 'content-encoding': 'gzip' }
          : fileHeaders(report, `${finished.fileName}.gz`);
        // Without streaming between worker and host an answer is held as a whole anyway; compressed it is small.
        return replyFile(
          200,
          Buffer.concat(await Array.fromAsync(bytes)),
          isUnpacked ? vmReports[report].contentType : gz,
          {
            ...own,
            vary: 'Accept-Encoding',
          },
        );
      },
    }),
  ],
});
