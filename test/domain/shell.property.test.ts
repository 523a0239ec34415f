import fc from 'fast-check';
import { expect, it } from 'vitest';

import { shellQuote } from '../../lib/domain/shell.ts';
import { posixWords } from './posix-words.ts';

const letter = fc.oneof(fc.constantFrom(...'\'"$`\\;&|<>(){}[]*?#~! \n\t=-'), fc.string({ maxLength: 1 }));
const argument = fc.array(letter, { maxLength: 20 }).map((parts) => parts.join(''));

it('gives a shell exactly the arguments that were quoted', () => {
  fc.assert(
    fc.property(fc.array(argument), (list) => {
      expect(posixWords(list.map(shellQuote).join(' '))).toEqual(list);
    }),
  );
});
