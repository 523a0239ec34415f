import { expect, it } from 'vitest';

import { posixWords } from './posix-words.ts';

it.each([
  ['az vm show', ['az', 'vm', 'show']],
  ["  'two words'  next ", ['two words', 'next']],
  ["'it'\\''s' ''", ["it's", '']],
  ["a'b'c=d", ['abc=d']],
])('splits %s', (line, words) => {
  expect(posixWords(line)).toEqual(words);
});

it.each(['$x', '`x`', 'a;b', 'a|b', 'a\nb', '"a"', "it's", '\\n', 'a*', '~', '(x)', '{a}', 'a#', 'a!'])(
  'refuses %j, of which a shell makes something else',
  (line) => {
    expect(() => posixWords(line)).toThrow('A shell would read more into this');
  },
);
