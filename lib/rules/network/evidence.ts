import { at, isRow, listAt, textAt, wordAt } from './row.ts';

/** How Azure Backup names a snapshot that failed for want of a network; which field carries the name is unconfirmed. */
const markers = ['extensionsnapshotfailednonetwork', 'no network connectivity on the virtual machine'];

/**
 * Whether the newest backup job says that the VM had no network: it failed, it or the item's health details carry the
 * error, and no later backup succeeded.
 */
export function sawNoNetwork(evidence: unknown): boolean {
  const job = at(evidence, 'lastJob');
  const item = at(evidence, 'protectedItem');
  if (wordAt(job, 'properties', 'operation') !== 'backup' || wordAt(job, 'properties', 'status') !== 'failed') {
    return false;
  }
  const said = [
    ...(listAt(job, 'properties', 'errorDetails') ?? []),
    ...(listAt(item, 'properties', 'healthDetails') ?? []),
  ].flatMap(texts);
  return (
    !succeededSince(job, item) && said.some((text) => markers.some((marker) => text.toLowerCase().includes(marker)))
  );
}

function succeededSince(job: unknown, item: unknown): boolean {
  const isGood = ['completed', 'healthy'].includes(wordAt(item, 'properties', 'lastBackupStatus') ?? '');
  const backupAt = Date.parse(textAt(item, 'properties', 'lastBackupTime') ?? '');
  return isGood && backupAt > Date.parse(textAt(job, 'properties', 'startTime') ?? '');
}

function texts(detail: unknown): readonly string[] {
  const values = isRow(detail) ? Object.values(detail) : [detail];
  return values.filter((value) => typeof value === 'string');
}
