import { describe, expect, it } from 'vitest';

import type { Finding } from '../../../lib/domain/finding.ts';
import { answerOf } from '../../../local/score/answer.ts';

const head = { category: 'agent', message: '', evidence: [] } as const;
const fail = (rule: string, severity: Finding['severity']): Finding => ({
  ...head,
  rule,
  severity,
  outcome: 'fail',
  reason: 'Bad',
});
const unknown = (rule: string, severity: Finding['severity'], cause: 'no-permission' | 'not-exposed'): Finding => ({
  ...head,
  rule,
  severity,
  outcome: 'unknown',
  cause,
});

describe('the answer of the service in the form of a label', () => {
  it('lists failures and unknowns of weight, notes apart, and leaves out the rest', () => {
    const findings: readonly Finding[] = [
      fail('a', 'blocker'),
      fail('b', 'warning'),
      fail('c', 'info'),
      unknown('d', 'warning', 'no-permission'),
      unknown('e', 'warning', 'not-exposed'),
      unknown('f', 'info', 'no-permission'),
      { ...head, rule: 'g', severity: 'blocker', outcome: 'pass', reason: 'Good' },
      { ...head, rule: 'h', severity: 'blocker', outcome: 'notApplicable' },
    ];

    expect(answerOf({ verdict: 'blocked', findings })).toEqual({
      verdict: 'blocked',
      fail: ['a', 'b'],
      info: ['c'],
      unknown: ['d'],
    });
  });
});
