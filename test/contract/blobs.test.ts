import { randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createBlobs } from '../../lib/azure/blobs.ts';
import { connect } from '../../lib/azure/connection.ts';
import type { Blobs } from '../../lib/use-cases/blob-ports.ts';
import { type ServiceWithStorage, startServiceWithStorage } from './service-with-storage.ts';
import { estateNow, testEstate } from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();
let service: ServiceWithStorage;

beforeAll(async () => {
  service = await startServiceWithStorage(certificate);
  await service.on(testEstate(), () => new Date(estateNow));
});
afterAll(() => service.stop());

const connection = connect({ azure: { resourceManager: 'https://arm.invalid', audience: 'https://arm.invalid' } });
const plain = { contentType: 'text/plain' };

/** A container that nobody has used. */
const ownContainer = (): Blobs => createBlobs(service.storage.blobServiceUri, `c${randomUUID()}`, connection);

async function* bytesOf(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) {
    yield new TextEncoder().encode(text);
  }
}

async function textIn(blobs: Blobs, name: string): Promise<string | undefined> {
  const bytes = await blobs.read(name);
  return bytes && (await buffer(bytes)).toString();
}

describe('a blob', () => {
  test.each([
    ['nothing', []],
    ['one part', ['a']],
    ['several parts', ['a', '', 'bc', '🚀']],
  ])('of %s is read as it was written', async (_, parts) => {
    const blobs = ownContainer();

    await blobs.write('day/a.txt', bytesOf(...parts), plain);

    expect(await textIn(blobs, 'day/a.txt')).toBe(parts.join(''));
    expect(await blobs.head('day/a.txt')).toMatchObject({ bytes: Buffer.byteLength(parts.join('')) });
  });

  test('of many blocks is read as it was written', async () => {
    const blobs = ownContainer();
    const parts = Array.from({ length: 11 }, () => randomBytes(1_000_003));

    await blobs.write(
      'a',
      (async function* () {
        yield* parts;
      })(),
      plain,
    );

    expect(Buffer.concat(parts).equals(await buffer((await blobs.read('a')) ?? bytesOf()))).toBe(true);
  });

  test('takes the place of a former one, unless it is to be a new one', async () => {
    const blobs = ownContainer();

    expect(await blobs.write('a', bytesOf('1'), { ...plain, ifAbsent: true })).toBe(true);
    expect(await blobs.write('a', bytesOf('2'), { ...plain, ifAbsent: true })).toBe(false);
    expect(await textIn(blobs, 'a')).toBe('1');
    expect(await blobs.write('a', bytesOf('3'), plain)).toBe(true);
    expect(await textIn(blobs, 'a')).toBe('3');
  });

  test('that several write as a new one at once is that of one of them', async () => {
    const blobs = ownContainer();
    const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(9_000_000));

    const written = await Promise.all(
      texts.map((text) =>
        blobs.write('a', bytesOf(text.slice(0, 8_500_000), text.slice(8_500_000)), { ...plain, ifAbsent: true }),
      ),
    );

    expect(written.filter((isOurs) => isOurs)).toHaveLength(1);
    expect((await textIn(blobs, 'a')) === texts[written.indexOf(true)]).toBe(true);
  });

  test('whose bytes end in an error does not appear', async () => {
    const blobs = ownContainer();

    const writing = blobs.write(
      'a',
      (async function* () {
        yield Buffer.alloc(9_000_000);
        throw new Error('The table could not be read.');
      })(),
      plain,
    );

    await expect(writing).rejects.toThrow('The table could not be read.');
    expect(await blobs.head('a')).toBeUndefined();
  });

  test('that is removed is gone, and may be removed again', async () => {
    const blobs = ownContainer();
    await blobs.write('a', bytesOf('1'), plain);

    expect([await blobs.remove('a'), await blobs.remove('a')]).toEqual([true, true]);
    expect(await blobs.read('a')).toBeUndefined();
  });
});

describe('a container', () => {
  test('that nobody has written to is empty', async () => {
    const blobs = ownContainer();

    expect(await Array.fromAsync(blobs.list())).toEqual([]);
    expect([await blobs.head('a'), await blobs.read('a'), await blobs.remove('a')]).toEqual([
      undefined,
      undefined,
      true,
    ]);
  });

  test('lists blobs in the order of their names, all or those with a beginning', async () => {
    const blobs = ownContainer();
    for (const name of ['2026-11-20/b', '2026-11-21/a', '2026-11-20/a', 'x']) {
      await blobs.write(name, bytesOf(name), plain);
    }

    const namesOf = async (beginning?: string) =>
      (await Array.fromAsync(blobs.list(beginning))).map(({ name }) => name);

    expect(await namesOf()).toEqual(['2026-11-20/a', '2026-11-20/b', '2026-11-21/a', 'x']);
    expect(await namesOf('2026-11-20/')).toEqual(['2026-11-20/a', '2026-11-20/b']);
  });
});
