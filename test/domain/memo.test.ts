import { describe, expect, it } from 'vitest';

import { onceFor, untilOthers } from '../../lib/domain/memo.ts';

interface Subject {
  readonly name: string;
}

const one: Subject = { name: 'same' };
/** Equal to the first one, but another thing. */
const other: Subject = { name: 'same' };

describe('onceFor', () => {
  it('asks once about each object, whatever is asked in between', () => {
    const asked: Subject[] = [];
    const answerTo = onceFor((subject: Subject) => asked.push(subject));

    expect([one, other, one, other].map(answerTo)).toEqual([1, 2, 1, 2]);
  });

  it('remembers that there is no answer', () => {
    const asked: Subject[] = [];
    const answerTo = onceFor((subject: Subject) => {
      asked.push(subject);
      return undefined;
    });

    expect([answerTo(one), answerTo(one)]).toEqual([undefined, undefined]);
    expect(asked).toEqual([one]);
  });
});

describe('untilOthers', () => {
  it.each<[string, readonly (readonly [Subject, Subject])[], readonly number[]]>([
    [
      'the same two things',
      [
        [one, other],
        [one, other],
      ],
      [1, 1],
    ],
    [
      'another first thing',
      [
        [one, one],
        [other, one],
      ],
      [1, 2],
    ],
    [
      'another second thing',
      [
        [one, one],
        [one, other],
      ],
      [1, 2],
    ],
    [
      'the first two things once more, after others',
      [
        [one, other],
        [other, one],
        [one, other],
      ],
      [1, 2, 3],
    ],
  ])('asked about %s', (_what, questions, answers) => {
    let asked = 0;
    const answerTo = untilOthers((_a: Subject, _b: Subject) => {
      asked += 1;
      return asked;
    });

    expect(questions.map(([a, b]) => answerTo(a, b))).toEqual(answers);
  });
});
