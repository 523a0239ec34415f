import { type Manifest, manifestFile } from '../domain/evidence.ts';
import { readManifest } from './evidence-manifest.ts';
import type { Evidence } from './evidence-ports.ts';

/** A snapshot by its manifest. */
export interface ListedSnapshot
  extends Pick<Manifest, 'day' | 'takenAt' | 'run' | 'previous' | 'missingDays' | 'parts'> {
  /** SHA-256 of the manifest. */
  readonly sha256: string;
  /** Whether its manifest is among the blobs: not if it was removed, by us or by somebody. */
  readonly isStored: boolean;
}

/** The newest snapshots, newest first, by the manifests that were written; `npm run verify-evidence` tells what is stored. */
export async function listSnapshots(
  { blobs, chain }: Evidence,
  limit: number,
): Promise<{ readonly snapshots: readonly ListedSnapshot[] }> {
  const stored = new Set<string>();
  for await (const { name } of blobs.list()) {
    stored.add(name);
  }
  const links = await chain.newest(limit);
  const snapshots = links.flatMap(({ sha256, text }) => {
    const manifest = readManifest(text);
    if ('wrong' in manifest) {
      return [];
    }
    const { day, takenAt, run, previous, missingDays, parts } = manifest;
    const isStored = stored.has(`${day}/${manifestFile}`);
    return [{ day, sha256, isStored, takenAt, run, previous, missingDays, parts }];
  });
  return { snapshots };
}
