import type { EvidencePart } from '../domain/evidence.ts';
import type { Blobs } from './blob-ports.ts';
import { outgoing, partIn, type Rows } from './evidence-stream.ts';
import type { Ports } from './ports.ts';
import { reportPosture } from './report-posture.ts';
import type { Run } from './run.ts';

/** A part of a snapshot before it is written: its rows are read only when they are asked for. */
interface Source {
  readonly name: string;
  readonly contentType: string;
  rows(): Rows | Promise<Rows>;
}

const lines = 'application/x-ndjson';

/** The parts of a snapshot: what is known of the VMs, what excuses them, what it rests on, and what it adds up to. */
function sourcesOf(ports: Ports, run: Run | undefined): readonly Source[] {
  return [
    {
      name: 'exemptions.ndjson',
      contentType: lines,
      rows: async () => (await ports.exemptions.all()).toSorted((a, b) => (a.exemptionId < b.exemptionId ? -1 : 1)),
    },
    { name: 'posture.json', contentType: 'application/json', rows: async () => [await reportPosture(ports, {})] },
    {
      name: 'run.json',
      contentType: 'application/json',
      rows: async () => {
        const subscriptions = run ? await ports.runs.subscriptionsOf(run.runId) : [];
        return [{ run: run ?? null, subscriptions }];
      },
    },
    { name: 'vms.ndjson.gz', contentType: 'application/gzip', rows: () => ports.evaluations.each({}) },
  ];
}

/**
 * Writes one part, unless it is there: a part appears whole or not at all, and is never written twice. So a snapshot that
 * died in the middle goes on with what it has, and of two that are taken at once both tell of the same bytes.
 */
async function writtenPart(blobs: Blobs, folder: string, { name, contentType, rows }: Source): Promise<EvidencePart> {
  const path = `${folder}/${name}`;
  if (!(await blobs.head(path))) {
    const { bytes, measured } = outgoing(name, await rows());
    if (await blobs.write(path, bytes, { contentType, ifAbsent: true })) {
      return measured();
    }
  }
  const stored = await blobs.read(path);
  if (!stored) {
    throw new Error(`The part ${path} of a snapshot vanished while it was being taken; it is taken again later.`);
  }
  return partIn(name, stored);
}

/** Writes the parts of a day's snapshot one after the other; the order is that of their names. */
export async function writeParts(
  ports: Ports,
  blobs: Blobs,
  day: string,
  run: Run | undefined,
): Promise<readonly EvidencePart[]> {
  const parts: EvidencePart[] = [];
  for (const source of sourcesOf(ports, run)) {
    parts.push(await writtenPart(blobs, day, source));
  }
  return parts;
}
