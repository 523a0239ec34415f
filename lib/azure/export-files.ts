import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import type { Blobs } from '../use-cases/blob-ports.ts';
import type { ExportFiles } from '../use-cases/export-ports.ts';

/** Characters that are compressed at once: rows one by one would cost more than the compression. */
const blockCharacters = 64 * 1024;

async function* inBlocks(chunks: AsyncIterable<string>): AsyncIterable<string> {
  let block = '';
  for await (const chunk of chunks) {
    block += chunk;
    if (block.length >= blockCharacters) {
      yield block;
      block = '';
    }
  }
  yield block;
}

/** Files of exports in a container of blobs. Reports say the same many times, so they take a fraction when compressed. */
export function createExportFiles(blobs: Blobs): ExportFiles {
  return {
    async write(name, chunks) {
      const gzip = createGzip();
      const compressing = pipeline(Readable.from(inBlocks(chunks)), gzip);
      const writing = blobs.write(name, gzip, { contentType: 'application/gzip' }).catch((error: Error) => {
        // Nobody reads on: without this, whoever compresses would wait for ever.
        gzip.destroy(error);
        throw error;
      });
      // An error of the chunks ends the stream that the blob is written from, so nothing is stored.
      for (const settled of await Promise.allSettled([compressing, writing])) {
        if (settled.status === 'rejected') {
          throw settled.reason;
        }
      }
    },
    read: (name) => blobs.read(name),
    async removeAll(beginning) {
      for await (const { name } of blobs.list(beginning)) {
        await blobs.remove(name);
      }
    },
  };
}
