import { firstKeptDay, manifestFile } from '../domain/evidence.ts';
import type { Blobs } from './blob-ports.ts';
import type { Log } from './ports.ts';

/** A folder of the container that is a day. */
const dayFolder = /^\d{4}-\d{2}-\d{2}\//;

/** The files of days before one; the manifest of each day comes first, so that no manifest names what is gone. */
async function namesBefore(blobs: Blobs, day: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of blobs.list()) {
    if (name >= day) {
      break;
    }
    if (dayFolder.test(name)) {
      names.push(name);
    }
  }
  const rank = (name: string) => `${name.slice(0, 10)}${name.endsWith(`/${manifestFile}`) ? '' : name}`;
  return names.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/**
 * Removes snapshots that are older than so many days (0: none). What storage holds on to, by an immutability policy or a
 * legal hold, stays: the next snapshot tries again.
 */
export async function forgetEvidence(blobs: Blobs, day: string, keptDays: number, log: Log): Promise<void> {
  const names = await namesBefore(blobs, firstKeptDay(day, keptDays));
  for (const name of names) {
    if (!(await blobs.remove(name))) {
      log('info', 'Storage holds on to a snapshot that is older than it is to be kept.', { name });
      return;
    }
  }
  if (names.length > 0) {
    log('info', 'Snapshots of the evidence were removed.', {
      files: names.length,
      before: firstKeptDay(day, keptDays),
    });
  }
}
