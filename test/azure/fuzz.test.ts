import { existsSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';

import type { Estate } from '../../local/estates/estate.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import { loadEstate } from '../../local/estates/load.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { posixWords } from '../domain/posix-words.ts';
import { always } from './fuzz/always.ts';
import { type Breakage, breakagesOf, brokenText, describeBreakage } from './fuzz/breakage.ts';
import { documented } from './fuzz/documented.ts';
import { type JudgedThrough, judgedThrough, type Said } from './fuzz/judged-through.ts';
import { respelt, spellings, twiceReversed } from './fuzz/other-forms.ts';
import { recordedEstate } from './fuzz/recorded-estate.ts';
import { renamedEstate } from './fuzz/renamed-estate.ts';
import type { RecordedAnswer } from './fuzz/tampered-azure.ts';
import { differences, wrongImprovements } from './fuzz/wrong-improvements.ts';

// Each test sweeps an estate many times.
vi.setConfig({ testTimeout: 300_000 });

/** Hand-written estates lie beside the repository; they have what the recordings lack: something wrong with everything. */
const corpus = join(import.meta.dirname, '../../../shared/fixtures/corpus');
const written = ['first', 'traps', 'health'].filter((name) => existsSync(join(corpus, `${name}.json`)));

const estates = new Map<string, Estate>();
const recorded = recordedEstate();
if (recorded) {
  estates.set('recorded answers', recorded);
}
for (const name of written) {
  estates.set(`the estate ${name}`, await loadEstate(join(corpus, `${name}.json`)));
}
if (estates.size === 0) {
  console.info('Left out: the recorded answers and estates are not beside the repository, so none of them is broken.');
}

const certificate = await trustedCertificate();

function commandsOf({ findings }: Said): readonly string[] {
  return [...findings.values()].flatMap((finding) => (finding.outcome === 'fail' ? (finding.fix?.commands ?? []) : []));
}

// A file needs at least one suite, though it be left out.
const broken: readonly (readonly [string, Estate])[] =
  estates.size > 0 ? [...estates] : [['no estate', generateEstate({ vms: 1, subscriptions: 1, seed: 7 })]];

describe.runIf(estates.size > 0).each(broken)('%s', (_, estate) => {
  let service: JudgedThrough;
  /** What is said of each VM by its id, and the answers that it rests on. */
  const requests = new Map<string, { readonly said: Said; readonly answers: readonly RecordedAnswer[] }>();
  let swept: { readonly said: ReadonlyMap<string, Said>; readonly answers: readonly RecordedAnswer[] };

  /** Does something with whole answers, and tells which ones were asked for. */
  async function watched<T>(work: () => Promise<T>): Promise<{ said: T; answers: readonly RecordedAnswer[] }> {
    const asked = new Map<string, RecordedAnswer>();
    const watch = (answer: RecordedAnswer) => {
      asked.set(answer.request, answer);
      return answer.text;
    };
    return { said: await service.azure.during(watch, work), answers: [...asked.values()] };
  }

  beforeAll(async () => {
    service = await judgedThrough(estate, certificate);
    for (const vm of service.vms) {
      requests.set(vm, await watched(() => service.request(vm)));
    }
    swept = await watched(() => service.sweep());
  });

  afterAll(() => service?.stop());

  function breakagesIn(answers: readonly RecordedAnswer[]): fc.Arbitrary<readonly Breakage[]> {
    const every = answers.flatMap((answer) => breakagesOf(answer, documented));
    return fc.array(fc.constantFrom(...every), { minLength: 1, maxLength: 3 });
  }

  const inWords = (breakages: readonly Breakage[]) => breakages.map(describeBreakage).join('; ');

  /** Compares every VM that a sweep lists with what whole answers said of it. */
  function compared(
    after: ReadonlyMap<string, Said>,
    compare: (before: Said, after: Said) => readonly string[],
  ): readonly string[] {
    return [...after].flatMap(([vm, said]) => {
      const before = swept.said.get(vm);
      return before ? compare(before, said).map((each) => `${vm}: ${each}`) : [`${vm} was not listed before`];
    });
  }

  test('by whole answers every VM is judged', () => {
    expect([...requests.values()].filter(({ said }) => said.findings.size === 0)).toEqual([]);
    expect([...swept.said.keys()].toSorted()).toEqual(service.vms);
  });

  test('a request to judge a VM finds nothing better by broken answers', async () => {
    const casesOfVms = [...requests].map(([vm, { said, answers }]) =>
      breakagesIn(answers).map((breakages) => ({ vm, said, breakages })),
    );

    await always(
      fc.oneof(...casesOfVms),
      100,
      async ({ vm, said, breakages }) =>
        wrongImprovements(
          said,
          await service.azure.during(
            (answer) => brokenText(answer, breakages),
            () => service.request(vm),
          ),
        ),
      ({ vm, breakages }) => `${vm}: ${inWords(breakages)}`,
    );
  });

  test('a sweep finds nothing better by broken answers', async () => {
    await always(
      breakagesIn(swept.answers),
      50,
      async (breakages) =>
        compared(
          await service.azure.during(
            (answer) => brokenText(answer, breakages),
            () => service.sweep(),
          ),
          wrongImprovements,
        ),
      inWords,
    );
  });

  test('half an answer is none: a sweep finds nothing better', async () => {
    const halves = fc.record({
      half: fc.constantFrom(...swept.answers),
      share: fc.double({ min: 0, max: 0.99, noNaN: true }),
    });

    await always(
      halves,
      15,
      async ({ half, share }) => {
        const cut = ({ request, text }: RecordedAnswer) =>
          request === half.request ? text.slice(0, Math.floor(text.length * share)) : text;
        return compared(await service.azure.during(cut, () => service.sweep()), wrongImprovements);
      },
      ({ half, share }) => `${share} of ${half.request}`,
    );
  });

  test('ids in any letter case are the same ids', async () => {
    const cases = fc.record({
      vm: fc.constantFrom(...requests),
      chosen: fc.infiniteStream(fc.constantFrom(...spellings)),
    });

    await always(
      cases,
      20,
      async ({ vm: [vm, { said }], chosen }) => {
        const respell = ({ text }: RecordedAnswer) => respelt(text, chosen.next().value);
        return differences(said, await service.azure.during(respell, () => service.request(vm)));
      },
      ({ vm: [vm] }) => vm,
    );
  });

  test('rows in another order and twice are the same rows', async () => {
    const again = await service.azure.during(
      ({ text }) => twiceReversed(text),
      () => service.sweep(),
    );

    expect(compared(again, differences)).toEqual([]);
    expect(again.size).toBe(swept.said.size);
  });

  test.each([`'; $(id) "`, '`id` & | <x>', '* ~ ! {a,b} [c] \\', 'größe 漢字 \u202e', '$HOME -rf --all'])(
    'names that end in %j are names like others, also in commands',
    async (suffix) => {
      const renamed = await judgedThrough(renamedEstate(estate, suffix), certificate);
      onTestFinished(() => renamed.stop());
      for (const vm of renamed.vms) {
        const after = await renamed.request(vm);
        const before = requests.get(vm.replaceAll(suffix.toLowerCase(), ''))?.said;
        expect.assert(before);

        expect(differences(before, after), vm).toEqual([]);
        expect(() => commandsOf(after).map(posixWords)).not.toThrow();
      }
    },
  );
});
