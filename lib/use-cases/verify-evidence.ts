import { type EvidenceFile, manifestFile } from '../domain/evidence.ts';
import { checkChain, type EvidenceProblem, type FoundDay } from '../domain/evidence-chain.ts';
import type { Blobs } from './blob-ports.ts';
import { readManifest, sha256 } from './evidence-manifest.ts';
import { fileIn } from './evidence-stream.ts';
import { readText } from './manifest-blobs.ts';

/** Where evidence is read from: a container, or a folder that it was downloaded to. */
export type EvidenceSource = Pick<Blobs, 'list' | 'read'>;

/** What the evidence is found to be. */
export interface VerifiedEvidence {
  readonly days: readonly FoundDay[];
  /** The first day comes first. */
  readonly problems: readonly EvidenceProblem[];
  readonly notes: readonly EvidenceProblem[];
}

const path = /^(\d{4}-\d{2}-\d{2})\/([^/]+)$/;

async function foundDay(source: EvidenceSource, day: string, names: readonly string[]): Promise<FoundDay> {
  const files: EvidenceFile[] = [];
  let manifest: FoundDay['manifest'];
  for (const name of names) {
    const text = name === manifestFile ? await readText(source, `${day}/${name}`) : undefined;
    if (text !== undefined) {
      manifest = { sha256: sha256(text), content: readManifest(text) };
      continue;
    }
    const bytes = await source.read(`${day}/${name}`);
    if (bytes) {
      files.push(await fileIn(name, bytes));
    }
  }
  return { day, files, ...(manifest ? { manifest } : {}) };
}

/** The hash of a manifest that somebody has noted outside of the storage: it is one of the chain, or the chain is another. */
function notedProblems(days: readonly FoundDay[], noted: string | undefined): readonly EvidenceProblem[] {
  return noted === undefined || days.some(({ manifest }) => manifest?.sha256 === noted)
    ? []
    : [
        {
          day: days.at(-1)?.day ?? '',
          part: manifestFile,
          what: `altered or missing: no manifest has the hash ${noted}`,
        },
      ];
}

/**
 * Recomputes every hash and the chain. `noted`: the SHA-256 of a manifest, as it was told when it was written; then all up to
 * its day is proven, whoever could write to the storage.
 */
export async function verifyEvidence(source: EvidenceSource, noted?: string): Promise<VerifiedEvidence> {
  const folders = new Map<string, string[]>();
  const strangers: EvidenceProblem[] = [];
  for await (const { name } of source.list()) {
    const [, day, file] = path.exec(name) ?? [];
    if (day === undefined || file === undefined) {
      strangers.push({ day: name.split('/')[0] ?? '', part: name, what: 'added: it belongs to no snapshot' });
    } else {
      folders.set(day, [...(folders.get(day) ?? []), file]);
    }
  }
  const days: FoundDay[] = [];
  for (const [day, names] of [...folders].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    days.push(await foundDay(source, day, names));
  }
  const { problems, notes } = checkChain(days);
  return { days, problems: [...problems, ...strangers, ...notedProblems(days, noted)], notes };
}
