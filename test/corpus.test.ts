import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Estate } from '../local/estates/estate.ts';
import { loadEstate } from '../local/estates/load.ts';
import { compare, type Point } from './corpus/comparison.ts';
import { disputeOf, idleDisputes, readDisputes } from './corpus/dispute.ts';
import { type EstateFile, estateFiles } from './corpus/estate-files.ts';
import { type Expectation, expectationsOf } from './corpus/expectation.ts';
import { judgeEstate } from './corpus/judged-estate.ts';
import { lineOf, scoreboard } from './corpus/scoreboard.ts';
import { lostSettings } from './corpus/settings-taken.ts';
import { vmIdsOf } from './end-to-end/support/estate-vms.ts';

/** How long one estate may take, hundreds of VMs and thousands of items included. */
const patienceMs = 900_000;

/** Estates with their right answers lie beside the repository, or where BACKSTOP_CORPUS says. */
const named = process.env['BACKSTOP_CORPUS'];
const files = estateFiles(named, join(import.meta.dirname, '../../shared/fixtures/corpus'));
if (!files) {
  console.info('Left out: the corpora, because ../shared/fixtures/corpus is not there and BACKSTOP_CORPUS is not set.');
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

type Corpus =
  | { readonly name: string; readonly estate: Estate; readonly expectations: readonly Expectation[] }
  | { readonly name: string; readonly problem: string };

/** A file that is no estate fails its own test, and leaves the others alone. */
async function corpusOf({ name, path }: EstateFile): Promise<Corpus> {
  try {
    const estate = await loadEstate(path);
    return { name, estate, expectations: expectationsOf(name, estate) };
  } catch (error) {
    return { name, problem: messageOf(error) };
  }
}

const corpora = await Promise.all((files ?? []).map(corpusOf));
const disputes = readDisputes(JSON.parse(readFileSync(join(import.meta.dirname, 'corpus-disputes.json'), 'utf8')));

const points: Point[] = [];
const rules = new Set<string>();
const notJudged = new Map(
  corpora.map((corpus) => [corpus.name, 'problem' in corpus ? corpus.problem : 'it was not started']),
);

/** Judges the VMs of an estate, and keeps what came of it for the scores. */
async function judge({ name, estate, expectations }: Extract<Corpus, { estate: Estate }>): Promise<void> {
  const judged = await judgeEstate(
    estate,
    expectations.map(({ vm }) => vm),
  ).catch((error) => {
    notJudged.set(name, messageOf(error));
    throw error;
  });
  for (const rule of judged.rules) {
    rules.add(rule);
  }
  for (const expectation of expectations) {
    const answer = judged.answers.get(expectation.vm.toLowerCase());
    expect.assert(answer);
    points.push(...compare(expectation, answer, judged.rules));
  }
  notJudged.delete(name);
}

/** Fails in words alone; where in this file that is helps nobody. */
function failWith(message: string): never {
  const error = new Error(message);
  error.stack = message;
  throw error;
}

/** Fails where something is wrong and not disputed. */
function expectRight({ file, vm }: Expectation): void {
  const own = points.filter((point) => point.file === file && point.vm === vm);
  const wrong = own.filter((point) => !point.isRight && !disputeOf(point, disputes));
  expect(own.length).toBeGreaterThan(0);
  if (wrong.length > 0) {
    failWith([`${file}: ${vm}`, ...wrong.map(lineOf)].join('\n  '));
  }
}

describe.runIf(files)('on estates with right answers', () => {
  afterAll(() => {
    const judgedFiles = corpora.map(({ name }) => ({ name, problem: notJudged.get(name) }));
    console.info(scoreboard({ files: judgedFiles, points, disputes, rules }));
  });

  for (const corpus of corpora) {
    describe(corpus.name, () => {
      if ('problem' in corpus) {
        it('the file can be used', () => {
          failWith(corpus.problem);
        });
        return;
      }
      const { estate, expectations } = corpus;

      beforeAll(() => judge(corpus), patienceMs);

      it('every VM has a label', () => {
        expect(expectations.map(({ vm }) => vm.toLowerCase()).toSorted()).toEqual(vmIdsOf(estate));
      });

      it('every setting of the estate reaches the judgement', () => {
        expect(lostSettings(estate)).toEqual([]);
      });

      for (const expectation of expectations) {
        it(`${expectation.vm.split('/').at(-1)} is ${expectation.verdict}: ${expectation.why}`, () => {
          expectRight(expectation);
        });
      }
    });
  }

  it('every dispute is about a label with which Backstop disagrees', () => {
    expect(idleDisputes(disputes, points, named === undefined ? 'our own' : 'others')).toEqual([]);
  });
});
