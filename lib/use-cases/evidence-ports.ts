import type { ManifestName } from '../domain/evidence.ts';
import type { Blobs } from './blob-ports.ts';
import type { Stored } from './ports.ts';

/** A link of the chain of snapshots: the manifest of a day, whole. */
export interface Link extends ManifestName {
  /** The bytes of the manifest as text. */
  readonly text: string;
}

/**
 * The order of the manifests, which storage of blobs alone does not give. A link is decided here, under the version of the
 * one before it, and is only then written as a blob: so no two follow the same one, whoever is killed when.
 */
export interface EvidenceChain {
  last(): Promise<Stored<Link> | undefined>;
  /** Appends a link behind the last one, of which the version is given (none: there is none); false if somebody was first. */
  append(link: Link, version?: string): Promise<boolean>;
  /** The newest links, newest first. */
  newest(limit: number): Promise<readonly Link[]>;
}

/** Where the evidence of each day is kept. */
export interface Evidence {
  /** A folder for each day: the parts of its snapshot and `manifest.json`. */
  readonly blobs: Blobs;
  readonly chain: EvidenceChain;
}

/** Message of the queue `take-snapshot`. */
export interface SnapshotMessage {
  /** Of which the snapshot is to be (`YYYY-MM-DD`). */
  readonly day: string;
  /** The full sweep that is being closed; absent: whichever ended on the day, if one did. */
  readonly runId?: string | undefined;
  /** How often the sweep was not closed yet. */
  readonly tries?: number | undefined;
}
