import { Readable } from 'node:stream';

import { isRestError } from '@azure/core-rest-pipeline';
import type { ContainerClient } from '@azure/storage-blob';

import type { BlobHead, Blobs } from '../use-cases/blob-ports.ts';
import { type Connection, deadline } from './connection.ts';

/** A blob is written in blocks of so many bytes, so many at a time: that is what writing keeps in memory. */
const blockBytes = 4 * 1024 * 1024;
const blocksAtOnce = 2;

function statusOf(error: unknown): number | undefined {
  return isRestError(error) ? error.statusCode : undefined;
}

/** The same answer for a blob that is not there and for a container that nobody has made yet. */
async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (statusOf(error) === 404) {
      return undefined;
    }
    throw error;
  }
}

/** Somebody else has written the blob: before us, or meanwhile; whoever is first makes the blocks of the others void. */
function isOvertaken(error: unknown): boolean {
  const status = statusOf(error);
  return status === 409 || status === 412 || (isRestError(error) && error.code === 'InvalidBlockList');
}

/** The client takes nothing but buffers. */
async function* buffersOf(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  for await (const { buffer, byteOffset, byteLength } of bytes) {
    yield Buffer.from(buffer, byteOffset, byteLength);
  }
}

/** A container of a storage account, made when it is first written to; readers need no right to make one. */
export function createBlobs(uri: string, container: string, { credential }: Pick<Connection, 'credential'>): Blobs {
  let opened: Promise<ContainerClient> | undefined;
  let creation: Promise<unknown> | undefined;

  /** The package is large, and most messages need no blob: it is loaded with the first one. */
  async function open(): Promise<ContainerClient> {
    const { ContainerClient } = await import('@azure/storage-blob');
    return new ContainerClient(`${uri}/${container}`, credential);
  }

  function client(): Promise<ContainerClient> {
    opened ??= open();
    return opened;
  }

  /** A failed creation is tried again by the next use. */
  async function ready(): Promise<ContainerClient> {
    const own = await client();
    creation ??= own.createIfNotExists({ abortSignal: deadline() });
    try {
      await creation;
    } catch (error) {
      creation = undefined;
      throw error;
    }
    return own;
  }

  return {
    async write(name, bytes, { contentType, contentEncoding, ifAbsent = false }) {
      const blob = (await ready()).getBlockBlobClient(name);
      try {
        await blob.uploadStream(Readable.from(buffersOf(bytes)), blockBytes, blocksAtOnce, {
          blobHTTPHeaders: {
            blobContentType: contentType,
            ...(contentEncoding ? { blobContentEncoding: contentEncoding } : {}),
          },
          ...(ifAbsent ? { conditions: { ifNoneMatch: '*' } } : {}),
        });
        return true;
      } catch (error) {
        if (ifAbsent && isOvertaken(error)) {
          return false;
        }
        throw error;
      }
    },
    async read(name) {
      const blob = (await client()).getBlobClient(name);
      const { readableStreamBody } = (await orAbsent(blob.download())) ?? {};
      return readableStreamBody && Readable.from(readableStreamBody);
    },
    async head(name) {
      const blob = (await client()).getBlobClient(name);
      const found = await orAbsent(blob.getProperties({ abortSignal: deadline() }));
      return found && headOf(name, found);
    },
    async *list(beginning = '') {
      const pages = (await client()).listBlobsFlat(beginning === '' ? {} : { prefix: beginning }).byPage();
      for (let page = await orAbsent(pages.next()); page && !page.done; page = await pages.next()) {
        for (const { name, properties } of page.value.segment.blobItems) {
          yield headOf(name, properties);
        }
      }
    },
    async remove(name) {
      const blob = (await client()).getBlobClient(name);
      try {
        await orAbsent(blob.deleteIfExists({ abortSignal: deadline() }));
        return true;
      } catch (error) {
        if (statusOf(error) === 409 || statusOf(error) === 412) {
          return false;
        }
        throw error;
      }
    },
  };
}

function headOf(
  name: string,
  { contentLength = 0, lastModified }: { contentLength?: number | undefined; lastModified?: Date | undefined },
): BlobHead {
  return { name, bytes: contentLength, modifiedAt: (lastModified ?? new Date(0)).toISOString() };
}
