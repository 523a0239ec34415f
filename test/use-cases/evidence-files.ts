import { dayAfter } from '../../lib/domain/day.ts';
import { daysBetween, type EvidencePart, evidenceFormat, type ManifestName } from '../../lib/domain/evidence.ts';
import { linkOf, sha256 } from '../../lib/use-cases/evidence-manifest.ts';
import type { EvidenceSource } from '../../lib/use-cases/verify-evidence.ts';

/** Files by name, as they lie in a folder. */
export type EvidenceFiles = ReadonlyMap<string, Uint8Array>;

/** Evidence that lies in memory, read as a container is. */
export function sourceIn(files: EvidenceFiles): EvidenceSource {
  return {
    async *list() {
      for (const name of [...files.keys()].toSorted()) {
        yield { name, bytes: files.get(name)?.length ?? 0, modifiedAt: '2026-11-20T06:00:00.000Z' };
      }
    },
    async read(name) {
      const bytes = files.get(name);
      return bytes && ReadableStream.from([bytes]);
    },
  };
}

/** The folder of a day behind another one. */
export function dayFiles(
  day: string,
  contents: Readonly<Record<string, string>>,
  previous: ManifestName | null,
  keptDays = 0,
): { readonly files: EvidenceFiles; readonly name: ManifestName } {
  const files = new Map<string, Uint8Array>();
  const parts = Object.entries(contents).map(([name, text]): EvidencePart => {
    const bytes = new TextEncoder().encode(text);
    files.set(`${day}/${name}`, bytes);
    return { name, sha256: sha256(bytes), bytes: bytes.length, rows: text.split('\n').length - 1 };
  });
  const link = linkOf({
    format: evidenceFormat,
    day,
    takenAt: `${day}T06:00:00.000Z`,
    serviceVersion: '1.0.0',
    run: null,
    previous,
    missingDays: previous ? daysBetween(previous.day, day) : [],
    keptDays,
    parts,
  });
  files.set(`${day}/manifest.json`, new TextEncoder().encode(link.text));
  return { files, name: { day, sha256: link.sha256 } };
}

/** A chain of days, each so many days after the one before; and the name of its last manifest. */
export function chainOf(
  steps: readonly { readonly after: number; readonly contents: Readonly<Record<string, string>> }[],
  keptDays = 0,
): { readonly files: EvidenceFiles; readonly names: readonly ManifestName[] } {
  const files = new Map<string, Uint8Array>();
  const names: ManifestName[] = [];
  for (const { after, contents } of steps) {
    const previous = names.at(-1);
    const own = dayFiles(dayAfter(previous?.day ?? '2026-01-01', after), contents, previous ?? null, keptDays);
    for (const [name, bytes] of own.files) {
      files.set(name, bytes);
    }
    names.push(own.name);
  }
  return { files, names };
}
