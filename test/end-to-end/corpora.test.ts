import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Estate } from '../../local/estates/estate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { expectationsOf, judgedLists } from './support/expectations.ts';
import { allVms, evaluate, sweep } from './support/results.ts';

/** An estate with its right answers lies beside the repository; a checkout of the repository alone has none. */
function readCorpus(name: string): { readonly name: string; readonly estate: Estate | undefined } {
  const file = fileURLToPath(new URL(`../../../shared/fixtures/corpus/${name}.json`, import.meta.url));
  if (!existsSync(file)) {
    console.warn(`Left out: the corpus ${name}, because ../shared/fixtures/corpus/${name}.json is not there.`);
    return { name, estate: undefined };
  }
  return { name, estate: Estate.parse(JSON.parse(readFileSync(file, 'utf8'))) };
}

const corpora = [
  'first',
  'health',
  'limits',
  'limits-capacity',
  'traps',
  'traps-cross-subscription',
  'traps-denied',
].map(readCorpus);

for (const { name, estate } of corpora) {
  describe.runIf(estate)(`the corpus ${name}, through the whole path`, () => {
    const expected = expectationsOf(estate);
    const comparable = expected.filter(({ needs }) => needs.length === 0);
    const verdicts = Object.fromEntries(comparable.map(({ vmId, verdict }) => [vmId.toLowerCase(), verdict]));
    let neighbourhood: Neighbourhood;

    beforeAll(async () => {
      expect.assert(estate);
      const leftOut = expected
        .filter(({ needs }) => needs.length > 0)
        .map((vm) => `${vm.name} (${vm.needs.join(', ')})`);
      if (leftOut.length > 0) {
        console.info(`${name}: not compared are verdicts that may need rules not built yet: ${leftOut.join('; ')}.`);
      }
      neighbourhood = await startBuilt({ estate, simulated: { resourceGraphQuota: 'off', armLimits: 'off' } });
    });

    afterAll(() => neighbourhood?.stop());

    it('a sweep gives the expected verdicts', async () => {
      await sweep(neighbourhood);

      const found = (await allVms(neighbourhood)).map(({ vmId, verdict }) => [vmId.toLowerCase(), verdict] as const);

      expect(found).toHaveLength(expected.length);
      expect(Object.fromEntries(found.filter(([vmId]) => vmId in verdicts))).toEqual(verdicts);
    });

    it('a request to judge a VM now finds the expected verdict, failing and unknown rules', async () => {
      for (const { vmId, fail, unknown } of expected) {
        const { findings, verdict } = await evaluate(neighbourhood, vmId);

        expect({ vmId, ...judgedLists(findings) }).toEqual({ vmId, fail, unknown });
        expect(verdict, vmId).toBe(verdicts[vmId.toLowerCase()] ?? verdict);
      }
    });
  });
}
