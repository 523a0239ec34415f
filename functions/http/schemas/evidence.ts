import * as z from 'zod';

import type { EvidencePart, ManifestName } from '../../../lib/domain/evidence.ts';
import type { ListedSnapshot } from '../../../lib/use-cases/list-snapshots.ts';
import { Day, Instant, type Shape } from './shape.ts';

const Hash = z.string().describe('SHA-256 in hex.');

const Part = z
  .object({ name: z.string(), sha256: Hash, bytes: z.number(), rows: z.number() } satisfies Shape<EvidencePart>)
  .meta({ id: 'EvidencePart', description: 'A file of a snapshot.' });

const Snapshot = z
  .object({
    day: Day,
    sha256: Hash.describe('SHA-256 of the manifest, in hex: noted elsewhere, it proves everything up to its day.'),
    isStored: z.boolean().describe('Whether the manifest is in storage; not if it was removed, by us or by somebody.'),
    takenAt: Instant,
    run: z
      .object({ runId: z.string(), state: z.string(), startedAt: Instant, finishedAt: Instant })
      .nullable()
      .describe('The full sweep that ended on the day; null: none did.'),
    previous: z
      .object({ day: Day, sha256: Hash } satisfies Shape<ManifestName>)
      .nullable()
      .describe('The manifest before this one; null: this is the first.'),
    missingDays: z.array(Day).describe('Days between that one and this without a snapshot.'),
    parts: z.array(Part),
  } satisfies Shape<ListedSnapshot>)
  .meta({ id: 'EvidenceSnapshot' });

/** The newest snapshots. */
export const Snapshots = z
  .object({ snapshots: z.array(Snapshot) })
  .meta({ id: 'EvidenceSnapshots', description: 'Daily snapshots of the evidence, newest first.' });
