import { beforeAll, describe, expect, it } from 'vitest';

import { kqlText, narrowed, type QueryName, queries } from '../../lib/azure/queries.ts';
import { emptyRow } from '../../local/azure/graph-row.ts';
import { compileQuery } from '../../local/azure/resource-graph/kql/engine.ts';
import { functionCatalogue } from '../../local/azure/resource-graph/kql/functions/catalogue.ts';
import { QueryError } from '../../local/azure/resource-graph/kql/query-error.ts';
import { tableColumns } from '../../local/azure/resource-graph/kql/table.ts';
import { type Analysis, knownTables, loadAnalyser } from './kusto-analyser.ts';

let analyse: (text: string) => Analysis;
beforeAll(() => {
  analyse = loadAnalyser();
});

/** What our engine says about a text, in the words of the analyser. */
function compile(text: string): Analysis {
  try {
    const query = compileQuery(text);
    query.rows({ now: 0n, rowsOf: (table) => (knownTables.includes(table) ? [] : undefined) });
    return { errors: [], columns: query.columns.map(({ name, type }) => `${name}:${type}`) };
  } catch (error) {
    if (error instanceof QueryError) return { errors: [error.message], columns: [] };
    throw error;
  }
}

/** The text without one match of a pattern, or with something in its place; once for each match. */
function replacements(text: string, pattern: RegExp, replacement: string): readonly string[] {
  return [...text.matchAll(pattern)].map(
    ({ index, 0: match }) => text.slice(0, index) + replacement + text.slice(index + match.length),
  );
}

function firstOfEach(text: string, words: readonly string[]): readonly string[] {
  return words.flatMap((word) => {
    const at = text.search(new RegExp(`\\b${word}\\b`));
    return at < 0 ? [] : [`${text.slice(0, at)}zz${text.slice(at)}`];
  });
}

const mutations: Readonly<Record<string, (text: string) => readonly string[]>> = {
  'a misspelt column': (text) =>
    firstOfEach(
      text,
      tableColumns.map(({ name }) => name),
    ),
  'an unknown function': (text) => firstOfEach(text, [...functionCatalogue.keys(), 'count', 'min', 'countif']),
  'a misspelt operator': (text) => firstOfEach(text, ['where', 'project', 'extend', 'summarize', 'order', 'by']),
  'a misspelt table': (text) => [`zz${text}`],
  'a dropped parenthesis': (text) => replacements(text, /[()]/g, ''),
  'a dropped pipe': (text) => replacements(text, /\|/g, ''),
  'a dropped quote': (text) => replacements(text, /'/g, '').slice(0, 2),
};

describe.each(Object.entries(queries))('the query %s', (_, text) => {
  it('is valid KQL to the official analyser', () => {
    expect(analyse(text).errors).toEqual([]);
  });

  it('is accepted by the simulated Resource Graph, with the columns the analyser finds', () => {
    expect(compile(text)).toEqual(analyse(text));
  });

  it('projects the id that paging needs', () => {
    expect(compile(text).columns).toContain('id:string');
  });

  it('is refused in every broken form that the analyser refuses', () => {
    const broken = Object.entries(mutations).flatMap(([name, mutate]) =>
      mutate(text).map((mutant) => ({ name, mutant })),
    );
    const refused = broken.filter(({ mutant }) => analyse(mutant).errors.length > 0);

    expect(refused.length).toBeGreaterThan(5);
    expect(refused.filter(({ mutant }) => compile(mutant).errors.length === 0)).toEqual([]);
  });
});

/** Names that a VM could have in an event that somebody made up. */
const hostile = [
  "o'brien",
  'back\\slash',
  "\\' or true //",
  "') | union resources //",
  'line\nbreak | project 1',
  'return\r tab\t null\0',
  'next\u0085 line\u2028 page\u2029',
  '"double"',
  '``` fence ```',
  '// comment',
  'ünïcödé 🚀',
  '',
];

const conditions: readonly (readonly [QueryName, (value: string) => string])[] = [
  ['vms', (value) => `location in (${kqlText(value)}, ${kqlText('westeurope')})`],
  ['protectedItems', (value) => `sourceResourceId =~ ${kqlText(value)} or sourceResourceId == ''`],
  ['protectedItems', (value) => `sourceSubscription in (${kqlText(value)}) or sourceResourceId == ''`],
  ['containers', (value) => `type =~ ${kqlText(value)}`],
];

describe.each(conditions)('the query %s with a condition', (query, condition) => {
  it.each(hostile)('takes %j as a value', (value) => {
    const text = narrowed(query, condition(value));

    expect(analyse(text).errors).toEqual([]);
    expect(compile(text)).toEqual(analyse(text));
    expect(compile(text).columns).toEqual(compile(queries[query]).columns);
  });
});

it.each(hostile)('finds the row whose value is %j and no other', (value) => {
  const rows = [value, 'bystander'].map((name) => ({ ...emptyRow, id: '/x', name }));
  const query = compileQuery(`resources | where name == ${kqlText(value)} | project id, name`);

  const found = query.rows({ now: 0n, rowsOf: () => rows });

  expect(found).toEqual([['/x', value]]);
});

describe.each(Object.keys(queries) as QueryName[])('the query %s, put in order', (query) => {
  it('is valid, sorted by id, and repeats its order', () => {
    const text = narrowed(query);

    expect(analyse(text).errors).toEqual([]);
    expect(compileQuery(text).sorted).toBe(true);
  });
});
