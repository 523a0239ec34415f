import { expect, test } from 'vitest';

import { compileQuery } from '../../../local/azure/resource-graph/kql/engine.ts';

/** The types that a query asks its tables for, table by table; undefined where it asks for all. */
function typesAskedFor(query: string): readonly (readonly string[] | undefined)[] {
  const asked: (readonly string[] | undefined)[] = [];
  compileQuery(query).rows({
    now: 0n,
    rowsOf: (_, types) => {
      asked.push(types && [...types]);
      return [];
    },
  });
  return asked;
}

test.each<[string, string, readonly (readonly string[] | undefined)[]]>([
  ['one type in any case', "resources | where type =~ 'A/B'", [['a/b']]],
  ['one type in its case', "resources | where type == 'A/B'", [['a/b']]],
  ['some types', "resources | where type in~ ('A', 'b')", [['a', 'b']]],
  ['some types in their case', "resources | where type in ('A', 'b')", [['a', 'b']]],
  ['a type and something else', "resources | where name =~ 'x' and type =~ 'a'", [['a']]],
  ['a type in a second condition', "resources | where name =~ 'x' | where type =~ 'a'", [['a']]],
  ['only what two conditions allow', "resources | where type in~ ('a', 'b') | where type in~ ('b', 'c')", [['b']]],
  ['no type at all', "resources | where type =~ 'a' and type =~ 'b'", [[]]],
  ['the types of both legs', "(resources | where type =~ 'a') | union (resources | where type =~ 'b')", [['a'], ['b']]],
  ['a text that starts with an operator', "where type =~ 'a'", [['a']]],
])('reads %s off a query', (_, query, expected) => {
  expect(typesAskedFor(query)).toEqual(expected);
});

test.each([
  ['no condition', 'resources'],
  ['another column', "resources | where name =~ 'a'"],
  ['a choice that leaves other types open', "resources | where type =~ 'a' or name =~ 'x'"],
  ['a denial', "resources | where type !~ 'a'"],
  ['a denied list', "resources | where type !in~ ('a')"],
  ['the beginning of a type', "resources | where type startswith 'a'"],
  ['a type that each row tells itself', 'resources | where type =~ kind'],
  ['a column that was renamed to type', "resources | extend type = kind | where type =~ 'a'"],
  ['rows that were counted first', "resources | summarize n = count() by type | where type =~ 'a'"],
])('reads all types with %s', (_, query) => {
  expect(typesAskedFor(query)).toEqual([undefined]);
});

test('conditions behind a let statement do not reach into it', () => {
  expect(typesAskedFor("let all = resources; all | where type =~ 'a'")).toEqual([undefined]);
});
