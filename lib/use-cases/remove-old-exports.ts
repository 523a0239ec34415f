import type { ExportPorts } from './export-ports.ts';
import { expiryOf } from './show-export.ts';

/** Removes exports whose days are over, with all files that were written for them. */
export async function removeOldExports({
  exports,
  files,
  clock,
  log,
}: Pick<ExportPorts, 'exports' | 'files' | 'clock' | 'log'>): Promise<void> {
  const now = clock();
  const old = (await exports.all()).filter(({ value }) => expiryOf(value) <= now);
  for (const stored of old) {
    // The row last: while it is there, what is left of its files will be found.
    await files.removeAll(`${stored.value.exportId}/`);
    await exports.remove(stored);
  }
  log('info', 'Old exports were removed.', { removed: old.length });
}
