import { createHash } from 'node:crypto';

import * as z from 'zod';

import { canonicalJson } from '../domain/canonical-json.ts';
import { evidenceFormat, type Manifest } from '../domain/evidence.ts';
import type { Link } from './evidence-ports.ts';

/** SHA-256 in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);
const day = z.iso.date();

const Sealed = z.strictObject({
  format: z.literal(evidenceFormat),
  day,
  takenAt: z.iso.datetime(),
  serviceVersion: z.string(),
  run: z
    .strictObject({ runId: z.string(), state: z.string(), startedAt: z.string(), finishedAt: z.string() })
    .nullable(),
  previous: z.strictObject({ day, sha256: hash }).nullable(),
  missingDays: z.array(day),
  keptDays: count,
  parts: z.array(z.strictObject({ name: z.string(), sha256: hash, bytes: count, rows: count })),
  /** SHA-256 of the manifest without this field: also the newest one, which no other covers, shows when a byte has flipped. */
  seal: hash,
});

function sealed(manifest: Manifest): string {
  return `${canonicalJson({ ...manifest, seal: sha256(canonicalJson(manifest)) })}\n`;
}

/** The link that a manifest is: one line of canonical JSON, and its hash. */
export function linkOf(manifest: Manifest): Link {
  const text = sealed(manifest);
  return { day: manifest.day, sha256: sha256(text), text };
}

/** Reads a manifest; answers what is wrong with one that was not written so. */
export function readManifest(text: string): Manifest | { readonly wrong: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { wrong: 'it is no JSON' };
  }
  const parsed = Sealed.safeParse(json);
  if (!parsed.success) {
    return { wrong: `it is no manifest of the form ${evidenceFormat}` };
  }
  const { seal: _seal, ...manifest } = parsed.data;
  return sealed(manifest) === text ? manifest : { wrong: 'it was changed: it does not fit its own seal' };
}
