import { dayAfter } from './day.ts';

/** The form of manifests; another form gets another name. */
export const evidenceFormat = 'backstop-evidence/1';

/** The file that names all others of a day. */
export const manifestFile = 'manifest.json';

/** A file of a snapshot as it is stored. */
export interface EvidenceFile {
  readonly name: string;
  /** SHA-256 of its bytes, in hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** A file of a snapshot with the number of its rows: lines, before it was compressed. */
export interface EvidencePart extends EvidenceFile {
  readonly rows: number;
}

/** A manifest by its day and the SHA-256 of its bytes. */
export interface ManifestName {
  readonly day: string;
  readonly sha256: string;
}

/** What a daily snapshot of the evidence consists of. Instants are ISO 8601 UTC. */
export interface Manifest {
  readonly format: typeof evidenceFormat;
  /** `YYYY-MM-DD` (UTC). */
  readonly day: string;
  readonly takenAt: string;
  readonly serviceVersion: string;
  /** The full sweep that ended on the day; `null`: none did. */
  readonly run: {
    readonly runId: string;
    readonly state: string;
    readonly startedAt: string;
    readonly finishedAt: string;
  } | null;
  /** The manifest before this one; `null`: this is the first. */
  readonly previous: ManifestName | null;
  /** The days between that one and this, of which there is no snapshot. */
  readonly missingDays: readonly string[];
  /** For how many days snapshots were kept when this one was taken; 0: for ever. */
  readonly keptDays: number;
  /** By name. */
  readonly parts: readonly EvidencePart[];
}

/** The days after one and before another. */
export function daysBetween(first: string, last: string): readonly string[] {
  const days: string[] = [];
  for (let day = dayAfter(first, 1); day < last; day = dayAfter(day, 1)) {
    days.push(day);
  }
  return days;
}

/** The first day that is kept, of a snapshot of a day; every day where they are kept for ever. */
export function firstKeptDay(day: string, keptDays: number): string {
  return keptDays === 0 ? '' : dayAfter(day, -keptDays);
}
