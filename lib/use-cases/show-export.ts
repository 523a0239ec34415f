import type { Export, ExportPorts } from './export-ports.ts';

/** Days for which an export is kept after it was asked for. */
export const exportDays = 7;
/** An export without a sign of life for so long is told as failed: its message has come to nothing. */
const abandonedHours = 2;

/** How an export stands, for whoever asked for it. */
export interface ExportStatus {
  readonly exportId: string;
  readonly report: string;
  readonly state: Export['state'];
  readonly requestedAt: string;
  /** Rows that were read so far; the page in HTML reads them twice. */
  readonly rowsRead: number;
  /** VMs in the file; `null` until it is done. */
  readonly rows: number | null;
  readonly finishedAt: string | null;
  /** From then on the file is gone. */
  readonly expiresAt: string;
  readonly fileName: string | null;
  readonly why?: string;
}

/** When an export is removed. */
export function expiryOf({ requestedAt }: Export): Date {
  return new Date(Date.parse(requestedAt) + exportDays * 86_400_000);
}

/** Whether nobody works on an export any more that never came to an end. */
export function isAbandoned({ state, changedAt }: Export, now: Date): boolean {
  return state === 'running' && now.getTime() - Date.parse(changedAt) > abandonedHours * 3_600_000;
}

function abandoned(found: Export): Export {
  return { ...found, state: 'failed', why: 'Nothing was heard of it for two hours; ask for it again.' };
}

/** An export as it stands; `undefined` if there is none with this id, or no longer. */
export async function findExport(
  { exports, clock }: Pick<ExportPorts, 'exports' | 'clock'>,
  exportId: string,
): Promise<Export | undefined> {
  const found = (await exports.find(exportId))?.value;
  const now = clock();
  if (!found || expiryOf(found) <= now) {
    return undefined;
  }
  return isAbandoned(found, now) ? abandoned(found) : found;
}

/** What is told of an export. */
export function statusOf(found: Export): ExportStatus {
  const { exportId, report, state, requestedAt, rowsRead, finished, why } = found;
  return {
    exportId,
    report,
    state,
    requestedAt,
    rowsRead,
    rows: finished?.rows ?? null,
    finishedAt: finished?.at ?? null,
    expiresAt: expiryOf(found).toISOString(),
    fileName: finished?.fileName ?? null,
    ...(why === undefined ? {} : { why }),
  };
}
