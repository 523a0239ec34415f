import { createHash } from 'node:crypto';

import { canonicalJson } from '../domain/canonical-json.ts';
import type { EvidenceFile, EvidencePart } from '../domain/evidence.ts';

type Bytes = AsyncIterable<Uint8Array>;
/** Rows of a part, as they are read. */
export type Rows = AsyncIterable<unknown> | Iterable<unknown>;

/** Characters that are handed on at once: a part may have a hundred thousand rows, and each step costs some time. */
const chunkLength = 65_536;
const lineBreak = 10;

/** Rows as lines of canonical JSON, some at a time. */
async function* linesOf(rows: Rows): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = '';
  for await (const row of rows) {
    text += `${canonicalJson(row)}\n`;
    if (text.length >= chunkLength) {
      yield encoder.encode(text);
      text = '';
    }
  }
  yield encoder.encode(text);
}

/** Bytes that are measured while they pass. */
interface Passing<T> {
  readonly bytes: Bytes;
  /** What has passed; asked for once, at the end. */
  measured(): T;
}

function hashing(bytes: Bytes): Passing<Omit<EvidenceFile, 'name'>> {
  const hash = createHash('sha256');
  let size = 0;
  async function* passing() {
    for await (const chunk of bytes) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  return { bytes: passing(), measured: () => ({ sha256: hash.digest('hex'), bytes: size }) };
}

function countingLines(bytes: Bytes): Passing<number> {
  let lines = 0;
  async function* passing() {
    for await (const chunk of bytes) {
      for (let at = chunk.indexOf(lineBreak); at !== -1; at = chunk.indexOf(lineBreak, at + 1)) {
        lines += 1;
      }
      yield chunk;
    }
  }
  return { bytes: passing(), measured: () => lines };
}

async function drain(bytes: Bytes): Promise<void> {
  for await (const _ of bytes) {
    // Only what was measured on the way is wanted.
  }
}

/** Through a stream of the platform, which holds back what comes faster than it is taken. */
function through(bytes: Bytes, stream: CompressionStream | DecompressionStream): Bytes {
  return ReadableStream.from(bytes).pipeThrough(stream) as Bytes;
}

/** Whether a part is stored compressed, by its name. */
function isCompressed(name: string): boolean {
  return name.endsWith('.gz');
}

/** The bytes of a part that is to be written: a line for each row, compressed if its name says so. */
export function outgoing(name: string, rows: Rows): Passing<EvidencePart> {
  const lines = countingLines(linesOf(rows));
  const stored = hashing(isCompressed(name) ? through(lines.bytes, new CompressionStream('gzip')) : lines.bytes);
  return { bytes: stored.bytes, measured: () => ({ name, ...stored.measured(), rows: lines.measured() }) };
}

/** A part that is stored already. Throws where it cannot be unpacked. */
export async function partIn(name: string, bytes: Bytes): Promise<EvidencePart> {
  const stored = hashing(bytes);
  const lines = countingLines(
    isCompressed(name) ? through(stored.bytes, new DecompressionStream('gzip')) : stored.bytes,
  );
  await drain(lines.bytes);
  return { name, ...stored.measured(), rows: lines.measured() };
}

/** A file that is stored, whatever it holds. */
export async function fileIn(name: string, bytes: Bytes): Promise<EvidenceFile> {
  const stored = hashing(bytes);
  await drain(stored.bytes);
  return { name, ...stored.measured() };
}
