import { describe, expect, it } from 'vitest';

import type { Point } from './comparison.ts';
import { confusionOf, precisionOf, recallOf, scoresByRule } from './score.ts';

function point(about: string, expected: string, found: string): Point {
  return { file: 'a.json', vm: '/vm', about, expected, found, isRight: expected === found, said: '' };
}

function times(count: number, each: Point): readonly Point[] {
  return Array.from({ length: count }, () => each);
}

/** Three of four fails are found, and one that is none; one unknown is taken for a fail. */
const points = [
  ...times(3, point('disk-count', 'fail', 'fail')),
  point('disk-count', 'fail', 'nothing'),
  point('disk-count', 'nothing', 'fail'),
  point('disk-count', 'unknown', 'fail'),
  point('disk-count', 'unknown', 'unknown'),
  point('agent-ready', 'info', 'info'),
  point('agent-ready', 'info', 'nothing'),
  point('verdict', 'blocked', 'blocked'),
  point('verdict of the sweep', 'blocked', 'protected'),
];

describe('the score of a rule', () => {
  it('counts what was expected, what was found and what of it was right', () => {
    expect(scoresByRule(points)).toEqual([
      {
        rule: 'agent-ready',
        fail: { expected: 0, found: 0, right: 0 },
        unknown: { expected: 0, found: 0, right: 0 },
        info: { expected: 2, found: 1, right: 1 },
        wrong: 1,
      },
      {
        rule: 'disk-count',
        fail: { expected: 4, found: 5, right: 3 },
        unknown: { expected: 2, found: 1, right: 1 },
        info: { expected: 0, found: 0, right: 0 },
        wrong: 3,
      },
    ]);
  });

  it('is right over found as precision, and right over expected as recall', () => {
    const tally = { expected: 4, found: 5, right: 3 };

    expect([precisionOf(tally), recallOf(tally)]).toEqual([0.6, 0.75]);
  });

  it('is no perfect one where nothing was found or expected', () => {
    expect(precisionOf({ expected: 4, found: 0, right: 0 })).toBeUndefined();
    expect(recallOf({ expected: 4, found: 0, right: 0 })).toBe(0);
    expect(precisionOf({ expected: 0, found: 4, right: 0 })).toBe(0);
    expect(recallOf({ expected: 0, found: 4, right: 0 })).toBeUndefined();
  });
});

describe('the confusion of verdicts', () => {
  const verdicts = [
    ...times(2, point('verdict', 'blocked', 'blocked')),
    point('verdict', 'blocked', 'protectable'),
    point('verdict', 'pending', 'no answer'),
    point('verdict of the sweep', 'blocked', 'exempt'),
    point('disk-count', 'fail', 'nothing'),
  ];

  it('counts each pair of expected and found', () => {
    expect(confusionOf(verdicts, 'verdict')).toEqual(
      new Map([
        [
          'blocked',
          new Map([
            ['blocked', 2],
            ['protectable', 1],
          ]),
        ],
        ['pending', new Map([['no answer', 1]])],
      ]),
    );
  });

  it('keeps requests and sweeps apart', () => {
    expect(confusionOf(verdicts, 'verdict of the sweep')).toEqual(new Map([['blocked', new Map([['exempt', 1]])]]));
  });
});
