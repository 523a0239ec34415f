import { describe, expect, test } from 'vitest';

import { differences, type Prints } from '../../lib/domain/standing.ts';

const prints = (things: Readonly<Record<string, string>>): Prints => new Map(Object.entries(things));

describe('what stands otherwise than before', () => {
  test.each<[string, Prints | undefined, Prints, readonly string[]]>([
    ['nothing', prints({ '/a': '1', '/b': '2' }), prints({ '/b': '2', '/a': '1' }), []],
    ['what changed', prints({ '/a': '1', '/b': '2' }), prints({ '/a': '1', '/b': '3' }), ['/b']],
    ['what came', prints({ '/a': '1' }), prints({ '/a': '1', '/b': '2' }), ['/b']],
    ['what went', prints({ '/a': '1', '/b': '2' }), prints({ '/b': '2' }), ['/a']],
    ['the first of all', prints({}), prints({ '/a': '1' }), ['/a']],
    ['the last of all', prints({ '/a': '1' }), prints({}), ['/a']],
    ['nothing is told where it was never looked at', undefined, prints({ '/a': '1' }), []],
    ['names are ids, in lower case', prints({}), prints({ '/Subscriptions/A': '1' }), ['/subscriptions/a']],
  ])('%s', (_, before, now, names) => {
    expect(differences(before, now)).toEqual(names);
  });
});
