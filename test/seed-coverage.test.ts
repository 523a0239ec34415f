import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { catalogue } from '../lib/rules/catalogue.ts';
import { resourceCatalogue } from '../lib/rules/resources/catalogue.ts';
import { serverCatalogue } from '../lib/rules/servers/catalogue.ts';

/** Which rules cover which statement of the documents that the product was asked for. */
interface Reference {
  readonly rules: readonly { readonly id: string }[];
  readonly seedCoverage: readonly {
    readonly seeds: readonly string[];
    readonly statement: string;
    readonly rules: readonly string[];
  }[];
}

/** The reference lies beside the repository; a checkout of the repository alone has none. */
function readReference(): Reference | undefined {
  const file = fileURLToPath(new URL('../../shared/reference/rules.json', import.meta.url));
  if (!existsSync(file)) {
    console.warn('Left out: coverage of the source documents, because ../shared/reference/rules.json is not there.');
    return undefined;
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Reference;
}

const reference = readReference();
const built = new Set([...catalogue, ...resourceCatalogue, ...serverCatalogue].map(({ id }) => id));

describe.runIf(reference)('the rules', () => {
  const { rules = [], seedCoverage = [] } = reference ?? {};

  it('are those of the reference, all of them and no other', () => {
    const wanted = rules.map(({ id }) => id);

    expect([...built].toSorted()).toEqual(wanted.toSorted());
  });

  it.each(seedCoverage.map((row) => [row.statement, row.rules] as const))('cover: %s', (_statement, wanted) => {
    expect(wanted.filter((id) => !built.has(id))).toEqual([]);
  });
});
