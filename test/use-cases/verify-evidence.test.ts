import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { verifyEvidence } from '../../lib/use-cases/verify-evidence.ts';
import { chainOf, dayFiles, type EvidenceFiles, sourceIn } from './evidence-files.ts';

const contents = fc.dictionary(fc.constantFrom('vms.ndjson.gz', 'run.json', 'posture.json'), fc.string(), {
  minKeys: 1,
  noNullPrototype: true,
});
const chains = fc
  .array(fc.record({ after: fc.integer({ min: 1, max: 4 }), contents }), { minLength: 2, maxLength: 6 })
  .map((steps) => chainOf(steps));

/** What is wrong, as `day/part`, if the newest hash was noted elsewhere. */
async function wrongIn(files: EvidenceFiles, noted?: string): Promise<readonly string[]> {
  const { problems } = await verifyEvidence(sourceIn(files), noted);
  return problems.map(({ day, part }) => `${day}/${part}`);
}

const without = (files: EvidenceFiles, isLost: (name: string) => boolean): EvidenceFiles =>
  new Map([...files].filter(([name]) => !isLost(name)));

/** One of some things, by a number of any size. */
function pick<T>(all: readonly T[], number: number): T {
  const [one] = all.slice(number % all.length);
  expect.assert(one !== undefined);
  return one;
}

describe('evidence that was not touched', () => {
  test('is whole and in order', async () => {
    await fc.assert(
      fc.asyncProperty(chains, async ({ files, names }) => {
        expect(await wrongIn(files, names.at(-1)?.sha256)).toEqual([]);
        expect(await wrongIn(files, names[0]?.sha256)).toEqual([]);
      }),
    );
  });

  test('may have lost its oldest days when their time was over, and says so', async () => {
    const { files, names } = chainOf(
      [1, 1, 1, 1, 1, 1].map((after) => ({ after, contents: { 'run.json': 'x' } })),
      3,
    );
    const kept = without(files, (name) => name < (names[2]?.day ?? ''));

    const { problems, notes } = await verifyEvidence(sourceIn(kept));

    expect(problems).toEqual([]);
    expect(notes).toEqual([
      { day: names[2]?.day, part: 'manifest.json', what: `the days up to ${names[1]?.day} are no longer kept` },
    ]);
  });

  test('may hold the parts of a snapshot that was never finished, where the next manifest names the day', async () => {
    const { files } = chainOf([
      { after: 1, contents: {} },
      { after: 2, contents: {} },
    ]);

    const { problems, notes } = await verifyEvidence(
      sourceIn(new Map([...files, ['2026-01-03/run.json', new Uint8Array(1)]])),
    );

    expect(problems).toEqual([]);
    expect(notes.map(({ day }) => day)).toEqual(['2026-01-03']);
  });
});

describe('evidence of which', () => {
  test('any byte was changed names the day and the part', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async ({ files }, n, at, flip) => {
        const [name, bytes] = pick(
          [...files].filter(([, { length }]) => length > 0),
          n,
        );
        const altered = bytes.with(at % bytes.length, (bytes[at % bytes.length] ?? 0) ^ flip);

        expect((await wrongIn(new Map([...files, [name, altered]])))[0]).toBe(name);
      }),
      { numRuns: 300 },
    );
  });

  test('a file was dropped names it', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), async ({ files }, n) => {
        const name = pick([...files.keys()], n);

        expect((await wrongIn(without(files, (each) => each === name)))[0]).toBe(name);
      }),
    );
  });

  test('a file was added names it', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), async ({ files, names }, n) => {
        const { day } = pick(names, n);

        expect(await wrongIn(new Map([...files, [`${day}/more.json`, new Uint8Array(2)]]))).toEqual([
          `${day}/more.json`,
        ]);
        expect(await wrongIn(new Map([...files, ['readme.txt', new Uint8Array(2)]]))).toEqual([
          'readme.txt/readme.txt',
        ]);
      }),
    );
  });

  test('a day was dropped names that day; the newest one only by a hash that was noted', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), async ({ files, names }, n) => {
        const { day } = pick(names, n);
        const left = without(files, (name) => name.startsWith(day));
        const newest = names.at(-1);

        expect(await wrongIn(left)).toEqual(day === newest?.day ? [] : [`${day}/manifest.json`]);
        expect(await wrongIn(left, newest?.sha256)).not.toEqual([]);
      }),
    );
  });

  test('a day was added names that day', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), async ({ names, files }, n) => {
        const { day } = pick(names.slice(0, -1), n);
        const before = names.findLast((name) => name.day < day) ?? null;
        const forged = dayFiles(`${day}`.replace('2026', '2025'), { 'run.json': 'forged' }, before);

        expect((await wrongIn(new Map([...files, ...forged.files])))[0]).toMatch(/^2025-/);
      }),
    );
  });

  test('a day was put in between names it, although it names the one before it', async () => {
    const { files, names } = chainOf([
      { after: 1, contents: {} },
      { after: 3, contents: {} },
    ]);
    const forged = dayFiles('2026-01-03', { 'run.json': 'forged' }, names[0] ?? null);

    expect(await wrongIn(new Map([...files, ...forged.files]))).toEqual(['2026-01-03/manifest.json']);
  });

  test('two days were swapped names the first of them', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), fc.nat(), async ({ files, names }, n, m) => {
        const [a, b] = [pick(names, n).day, pick(names, m).day].toSorted();
        fc.pre(a !== undefined && b !== undefined && a !== b);
        const swapped = [...files].map(([name, bytes]): [string, Uint8Array] => {
          const folder = name.slice(0, 10);
          return [`${folder === a ? b : folder === b ? a : folder}${name.slice(10)}`, bytes];
        });

        expect((await wrongIn(new Map(swapped)))[0]?.slice(0, 10)).toBe(a);
      }),
    );
  });

  test('one day was written anew, its manifest included, names that day', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), async ({ files, names }, n) => {
        const own = pick(names.slice(0, -1), n);
        const before = names.findLast((name) => name.day < own.day) ?? null;
        const forged = dayFiles(own.day, { 'vms.ndjson.gz': 'all is well' }, before);
        const left = without(files, (name) => name.startsWith(own.day));

        expect(await wrongIn(new Map([...left, ...forged.files]))).toEqual([`${own.day}/manifest.json`]);
      }),
    );
  });

  test('all was written anew from some day on is found by a hash that was noted, and only by that', async () => {
    const { files, names } = chainOf([1, 1, 1].map((after) => ({ after, contents: { 'run.json': 'true' } })));
    const first = chainOf([{ after: 1, contents: { 'run.json': 'true' } }]).names[0] ?? null;
    const second = dayFiles('2026-01-03', { 'run.json': 'forged' }, first);
    const third = dayFiles('2026-01-04', { 'run.json': 'true' }, second.name);
    const forged = new Map([...files, ...second.files, ...third.files]);

    expect(await wrongIn(forged)).toEqual([]);
    expect(await wrongIn(forged, names.at(-1)?.sha256)).toEqual(['2026-01-04/manifest.json']);
  });

  test('older days were removed before their time names the newest of them', async () => {
    const { files, names } = chainOf(
      [1, 1, 1, 1].map((after) => ({ after, contents: {} })),
      3,
    );

    expect(await wrongIn(without(files, (name) => name < (names[2]?.day ?? '')))).toEqual([
      `${names[1]?.day}/manifest.json`,
    ]);
  });
});
