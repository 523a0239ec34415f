import { manifestFile } from '../domain/evidence.ts';
import type { Blobs } from './blob-ports.ts';
import { sha256 } from './evidence-manifest.ts';
import type { Evidence, Link } from './evidence-ports.ts';
import type { Log, Stored } from './ports.ts';

/** A manifest is small; a larger file is none. */
const longestManifest = 1_000_000;

/** The bytes of a manifest as text; `undefined` if it is not there. */
export async function readText(blobs: Pick<Blobs, 'read'>, name: string): Promise<string | undefined> {
  const bytes = await blobs.read(name);
  if (!bytes) {
    return undefined;
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  for await (const chunk of bytes) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestManifest) {
      break;
    }
  }
  return text + decoder.decode();
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** Writes a manifest that has its place in the chain, unless it is there. One that differs stays, and is told. */
export async function publish(blobs: Blobs, { day, sha256: hash, text }: Link, log: Log): Promise<void> {
  const name = `${day}/${manifestFile}`;
  if (await blobs.write(name, bytesOf(text), { contentType: 'application/json', ifAbsent: true })) {
    return;
  }
  const stored = await readText(blobs, name);
  if (stored === undefined || sha256(stored) !== hash) {
    log('error', 'The manifest of a snapshot is not the one that was written; verify-evidence tells more.', { day });
  }
}

/** The newest manifest among the blobs: where the table was lost and they were not, the chain goes on from there. */
async function newestBlob(blobs: Blobs): Promise<Stored<Link> | undefined> {
  let newest: string | undefined;
  for await (const { name } of blobs.list()) {
    newest = name.endsWith(`/${manifestFile}`) ? name : newest;
  }
  const text = newest === undefined ? undefined : await readText(blobs, newest);
  return text === undefined ? undefined : { value: { day: newest?.slice(0, 10) ?? '', sha256: sha256(text), text } };
}

/** The last link of the chain. If whoever appended it was killed before its blob was written, it is written now. */
export async function lastLink({ blobs, chain }: Evidence, log: Log): Promise<Stored<Link> | undefined> {
  const last = await chain.last();
  if (!last) {
    return newestBlob(blobs);
  }
  await publish(blobs, last.value, log);
  return last;
}
