import { describe, expect, it } from 'vitest';

import { compileQuery } from '../../../local/azure/resource-graph/kql/engine.ts';
import { QueryError } from '../../../local/azure/resource-graph/kql/query-error.ts';
import { run } from './sample.ts';

function refusal(text: string) {
  try {
    run(text, { resources: [] });
  } catch (error) {
    if (error instanceof QueryError) {
      return [error.code, error.line, error.characterPositionInLine, error.token];
    }
    throw error;
  }
  return 'accepted';
}

describe('what the grammar does not know', () => {
  it.each([
    ["Resources | where resourceGroup =~ DEV-T24' and type contains 'M'", 1, 42, "' and type contains '"],
    ["resources\n| where name == 'a\n| count", 2, 16, "'a"],
    ['resources | where (name == "a"', 1, 30, '<EOF>'],
    ['resources | where', 1, 17, '<EOF>'],
    ['resources |', 1, 11, '<EOF>'],
    ['resources | project a b', 1, 22, 'b'],
    ['resources | order name', 1, 18, 'name'],
    ['resources | where name ==', 1, 25, '<EOF>'],
    ['resources | where datetime(2026-13-01) < now()', 1, 18, 'datetime(2026-13-01)'],
    ['resources | where int(x) == 1', 1, 18, 'int(x)'],
    ['resources | where ~name', 1, 18, '~name'],
    ['resources | join (resources) on $left.id', 1, 32, '$left'],
    ['resources | where * has "a"', 1, 18, '*'],
    ['resources | extend (a, b) = name', 1, 28, 'name'],
    ['resources | project last = id', 1, 20, 'last'],
    ['resources | mv-expand kind = other zones', 1, 29, 'other'],
    ['resources | mv-expand zones limit x', 1, 34, 'x'],
    ['resources | take 1 resources', 1, 19, 'resources'],
    ['', 1, 0, '<EOF>'],
  ])('%s', (text, line, character, token) => {
    expect(refusal(text)).toEqual(['ParserFailure', line, character, token]);
  });
});

describe('names and types that do not fit', () => {
  it.each([
    ['resources | where nmae == "a"', 18, 'nmae'],
    ['resources | where lower(name) == "a"', 18, 'lower'],
    ['nowhere | count', 0, 'nowhere'],
    ['resources | where name == 1', 23, '=='],
    ['resources | where name < "b"', 23, '<'],
    ['resources | where properties.when < now()', 34, '<'],
    ['resources | where properties.when between (ago(1d) .. now())', 34, 'between'],
    ['resources | where name + "b" == "ab"', 23, '+'],
    ['resources | where 5 has "x"', 18, '5'],
    ['resources | where name', 18, 'name'],
    ['resources | where properties', 18, 'properties'],
    ['resources | where name and true', 18, 'name'],
    ['resources | where not(name)', 22, 'name'],
    ['resources | where name in (1)', 23, 'in'],
    ['resources | where 1 in~ ("a")', 18, '1'],
    ['resources | where name in ()', 23, 'in'],
    ['resources | where now() between (ago(1d) .. 5)', 24, 'between'],
    ['resources | where name matches regex "["', 37, '"["'],
    ['resources | extend strlen(5)', 26, '5'],
    ['resources | extend tolower()', 19, 'tolower'],
    ['resources | extend tolower(name, id)', 19, 'tolower'],
    ['resources | extend substring(name, 1.5)', 35, '1.5'],
    ['resources | extend extract(name, 0, id)', 19, 'extract'],
    ['resources | extend x = iff(name, 1, 2)', 27, 'name'],
    ['resources | extend x = iff(true, 1, "a")', 23, 'iff'],
    ['resources | extend x = case(true, 1)', 23, 'case'],
    ['resources | extend x = case(true, 1, true, 2)', 23, 'case'],
    ['resources | extend x = coalesce(properties.a, "a")', 23, 'coalesce'],
    ['resources | extend x = bag_pack("a", 1, "b")', 23, 'bag_pack'],
    ['resources | extend x = bag_pack(1, 1)', 32, '1'],
    ['resources | extend x = array_length(name)', 36, 'name'],
    ['resources | extend x = set_union(zones, name)', 40, 'name'],
    ['resources | extend x = bin(now(), 1)', 23, 'bin'],
    ['resources | extend x = ago(1)', 27, '1'],
    ['resources | extend x = datetime_diff("eon", now(), now())', 23, 'datetime_diff'],
    ['resources | extend x = round(properties.a)', 39, '.'],
    ['resources | extend x = name.y', 27, '.'],
    ['resources | extend x = extract("a", 0, name, typeof(constructor))', 52, 'constructor'],
    ['resources | extend x = 1, x = 2', 30, '2'],
    ['resources | extend a = 1, b = a', 30, 'a'],
    ['resources | project-away zz*', 25, 'zz'],
    ['resources | project-rename a = zz', 31, 'zz'],
    ['resources | take "a"', 17, '"a"'],
    ['resources | mv-expand name', 22, 'name'],
    ['resources | where count() > 1', 18, 'count'],
    ['resources | summarize location', 22, 'location'],
    ['resources | summarize median(1)', 22, 'median'],
    ['resources | summarize sum(name)', 26, 'name'],
    ['resources | summarize sum()', 22, 'sum'],
    ['resources | summarize count(1)', 22, 'count'],
    ['resources | summarize max(properties.a)', 36, '.'],
    ['resources | summarize arg_max(*, name)', 22, 'arg_max'],
    ['resources | summarize take_any()', 22, 'take_any'],
    // dynamic needs a cast before it can be a key
    ['resources | summarize count() by properties.a', 43, '.'],
    ['resources | order by properties.a', 31, '.'],
    ['resources | distinct tags', 21, 'tags'],
    ['resources | distinct *', 12, 'distinct'],
    ['resources | join (resources) on tags', 32, 'tags'],
    ['resources | join (resources | extend q = 1) on $left.id == $right.q', 52, '.'],
    ['resources | join kind=leftanti (resources) on id', 12, 'join'],
  ])('%s', (text, character, token) => {
    expect(refusal(text)).toEqual(['InvalidQueryLanguage', 1, character, token]);
  });
});

it.each([
  ['resources | parse id with * "/x/" rest', 'parse'],
  ['resources | foo', 'foo'],
  ['resources | mv-apply x = zones on (take 1)', 'mv-apply'],
  ['resources | project-smart id', 'project-smart'],
])('the unsupported operator of %s is refused without a position', (text, token) => {
  expect(refusal(text)).toEqual(['InvalidQueryLanguage', -1, -1, token]);
});

it.each([
  ['four joins', `resources${' | join (resources | project id) on id'.repeat(4)}`, 'join'],
  ['four mv-expands', `resources${' | mv-expand zones'.repeat(4)}`, 'mv-expand'],
  ['four union legs', 'union resources, resources, resources, resources', 'union'],
  ['a mv-expand of more than 400 rows', 'resources | mv-expand zones limit 401', 'mv-expand'],
])('%s are more than Resource Graph allows', (_, text, token) => {
  expect(refusal(text)).toEqual(['DisallowedLogicalOperator', 1, expect.any(Number), token]);
});

it.each([
  `resources${' | join (resources | project id) on id'.repeat(3)}`,
  `resources${' | mv-expand zones'.repeat(3)}`,
  'union resources, resources, resources',
])('%s stays within the limits', (text) => {
  expect(() => compileQuery(text)).not.toThrow();
});
