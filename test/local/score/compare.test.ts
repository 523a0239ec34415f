import { describe, expect, it } from 'vitest';

import type { Truth } from '../../../local/estates/truth.ts';
import type { Answer } from '../../../local/score/answer.ts';
import {
  type Judged,
  mistakesOfRule,
  rulesNotBuilt,
  scoreOfRule,
  verdictMatrix,
  verdictMistakes,
  withComparableVerdict,
} from '../../../local/score/compare.ts';

const nothing = { fail: [], unknown: [], info: [] };

/** A VM with its label and the answer about it, which is right where nothing else is said. */
function vm(truth: Partial<Truth>, answer: Partial<Answer> = truth, sweptVerdict = 'protected'): Judged {
  const verdict = 'protected';
  return {
    vmId: '/vm',
    truth: { verdict, ...nothing, why: 'planted', ...truth },
    answer: { verdict, ...nothing, ...answer },
    sweptVerdict,
  };
}

describe('the score of a rule', () => {
  it('counts what was planted, found, missed and said wrongly', () => {
    const judged = [
      vm({ fail: ['a'] }),
      vm({ fail: ['a', 'b'] }, { fail: ['b'] }),
      vm({}, { fail: ['a'] }),
      vm({ fail: ['b'] }),
      vm({}),
    ];

    expect(scoreOfRule('a', judged).fails).toEqual({ planted: 2, found: 1, wrong: 1 });
    expect(scoreOfRule('b', judged).fails).toEqual({ planted: 2, found: 2, wrong: 0 });
  });

  it('takes a note in the place of a warning for one missed and one said wrongly', () => {
    expect(scoreOfRule('a', [vm({ fail: ['a'] }, { info: ['a'] })]).fails).toEqual({ planted: 1, found: 0, wrong: 1 });
  });

  it('counts what cannot be told apart from failures', () => {
    const judged = [vm({ unknown: ['a'] }), vm({ unknown: ['a'] }, { fail: ['a'] }), vm({}, { unknown: ['a'] })];

    expect(scoreOfRule('a', judged)).toEqual({
      rule: 'a',
      fails: { planted: 0, found: 0, wrong: 1 },
      unknowns: { planted: 2, found: 1, wrong: 1 },
    });
  });

  it('does not count a VM whose label leaves the rule open', () => {
    const judged = [vm({ open: ['a'] }, { fail: ['a'] }), vm({ open: ['a'] }, { unknown: ['a'] })];

    expect(scoreOfRule('a', judged).fails).toEqual({ planted: 0, found: 0, wrong: 0 });
    expect(mistakesOfRule('a', judged)).toEqual([]);
  });

  it('misses everything of a VM about which nothing was said', () => {
    const judged = [{ ...vm({ fail: ['a'], unknown: ['b'] }), answer: undefined }];

    expect(scoreOfRule('a', judged).fails).toEqual({ planted: 1, found: 0, wrong: 0 });
    expect(scoreOfRule('b', judged).unknowns).toEqual({ planted: 1, found: 0, wrong: 0 });
  });
});

describe('the mistakes about a rule', () => {
  it('say what was expected, what was said, and what had been planted', () => {
    const judged = [vm({ fail: ['a'] }, { unknown: ['a'] }), vm({ fail: ['a'] })];

    expect(mistakesOfRule('a', judged)).toEqual([
      { id: '/vm', what: 'a', expected: 'fail', said: 'unknown', why: 'planted' },
    ]);
  });
});

describe('verdicts', () => {
  it('are counted by the right one and the given one', () => {
    const judged = [vm({}), vm({}), vm({ verdict: 'blocked' }, { verdict: 'protectable' })];

    expect(verdictMatrix(judged)).toEqual({ protected: { protected: 2 }, blocked: { protectable: 1 } });
  });

  it('are mistaken on request, by the sweep, or both', () => {
    const judged = [
      vm({ verdict: 'blocked' }, { verdict: 'blocked' }, 'protectable'),
      vm({ verdict: 'blocked' }, { verdict: 'protectable' }, 'protectable'),
      vm({ verdict: 'blocked' }, { verdict: 'blocked' }, 'blocked'),
    ];

    expect(verdictMistakes(judged).map(({ what }) => what)).toEqual([
      'verdict of the sweep',
      'verdict',
      'verdict of the sweep',
    ]);
  });

  it('are mistaken where there is none', () => {
    expect(verdictMistakes([{ ...vm({}), answer: undefined, sweptVerdict: undefined }])).toHaveLength(2);
  });

  it('cannot be compared where they hang on a rule that is not built', () => {
    const judged = [vm({ fail: ['a', 'b'] }), vm({ unknown: ['b'] }), vm({ fail: ['a'], info: ['b'] })];

    expect(withComparableVerdict(judged, new Set(['a']))).toEqual([judged[2]]);
    expect(rulesNotBuilt(judged, new Set(['a']))).toEqual(['b']);
  });
});
