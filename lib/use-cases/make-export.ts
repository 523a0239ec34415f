import { randomBytes } from 'node:crypto';

import * as z from 'zod';

import { fileNameOf, isVmReport, type VmReportFile, vmReports } from '../reports/vms/formats.ts';
import { problemsOf } from './evaluate-message.ts';
import type { Export, ExportPorts, FinishedExport } from './export-ports.ts';
import { openReport, watched } from './open-report.ts';
import { UnknownScope } from './posture-scope.ts';
import { putAside } from './work-queue.ts';

const Message = z.strictObject({ exportId: z.string().regex(/^[0-9a-f]{32}$/) });

/** Rows between two notes of how far an export is. */
const rowsPerNote = 5000;
/** So often an export is begun; the host delivers a message as often (`maxDequeueCount` in host.json). */
const mostAttempts = 5;
/** So often a change is made anew because somebody else has changed the same row. */
const tries = 5;

/** Changes an export that is still running; `undefined` if it has ended, or is gone. */
async function change(
  { exports }: Pick<ExportPorts, 'exports'>,
  exportId: string,
  changed: (found: Export) => Export,
): Promise<Export | undefined> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const stored = await exports.find(exportId);
    if (stored?.value.state !== 'running') {
      return undefined;
    }
    const value = changed(stored.value);
    if (await exports.write({ ...stored, value })) {
      return value;
    }
  }
  throw new Error(`Export ${exportId} changes too often.`);
}

/** Writes the file of one attempt, and notes how far it is. */
async function writeFile(
  ports: ExportPorts,
  noticeDays: number,
  { exportId, request }: Export,
  report: VmReportFile,
): Promise<FinishedExport> {
  let rows = 0;
  let rowsRead = 0;
  let noted = 0;
  const opened = await openReport(ports, noticeDays, request);
  const source = watched(opened, (row, wanted) => {
    rowsRead += 1;
    // Only a pass over all rows counts the VMs of the report.
    rows = wanted === undefined ? row : rows;
  });
  const { write } = vmReports[report];
  async function* noting(): AsyncIterable<string> {
    for await (const chunk of write(source)) {
      if (rowsRead - noted >= rowsPerNote) {
        noted = rowsRead;
        await change(ports, exportId, (found) => ({ ...found, rowsRead, changedAt: ports.clock().toISOString() }));
      }
      yield chunk;
    }
  }
  const storedAs = `${exportId}/${randomBytes(8).toString('hex')}/${report}.gz`;
  await ports.files.write(storedAs, noting());
  const { madeAt, completeness } = source.head;
  return {
    at: ports.clock().toISOString(),
    rows,
    storedAs,
    fileName: fileNameOf(report, madeAt, completeness),
  };
}

/** An attempt that failed; the last one, or one that can never succeed, ends the export. */
async function failed(ports: ExportPorts, { exportId, attempts }: Export, error: unknown): Promise<void> {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  ports.log('error', 'An export failed.', { exportId, attempts, why });
  if (!(error instanceof UnknownScope) && attempts < mostAttempts) {
    throw error;
  }
  const told =
    error instanceof UnknownScope ? `scope: ${error.message}.` : `It failed ${attempts} times; the log says why.`;
  await change(ports, exportId, (found) => ({ ...found, state: 'failed', why: told }));
}

async function makeExport(ports: ExportPorts, noticeDays: number, begun: Export, report: VmReportFile): Promise<void> {
  const { exportId } = begun;
  const finished = await writeFile(ports, noticeDays, begun, report);
  const { rows, at: changedAt } = finished;
  const ended = await change(ports, exportId, (found) => ({ ...found, state: 'done', finished, changedAt }));
  if (ended) {
    ports.log('info', 'An export is done.', { exportId, report, rows });
  } else {
    // Another attempt was first: its file is the export.
    await ports.files.removeAll(finished.storedAs);
  }
}

/**
 * A message of the queue `make-export`: writes the report to a file. It may come twice, or its worker may die: the first
 * attempt that ends is the export, and nothing is changed about it afterwards.
 */
export async function workOnExport(ports: ExportPorts, noticeDays: number, raw: unknown): Promise<void> {
  const parsed = Message.safeParse(raw);
  if (!parsed.success) {
    return putAside(ports, 'make-export', raw, problemsOf(parsed.error));
  }
  const { exportId } = parsed.data;
  const begun = await change(ports, exportId, (found) => ({
    ...found,
    attempts: found.attempts + 1,
    changedAt: ports.clock().toISOString(),
  }));
  if (!begun || !isVmReport(begun.report)) {
    ports.log('info', 'An export has ended already, or is gone.', { exportId });
    return;
  }
  try {
    await makeExport(ports, noticeDays, begun, begun.report);
  } catch (error) {
    await failed(ports, begun, error);
  }
}
