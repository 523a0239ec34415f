import { describe, expect, it } from 'vitest';

import type { Finding } from '../../lib/domain/finding.ts';
import type { Answer } from './answer.ts';
import { compare, type Point } from './comparison.ts';
import { type Expectation, expectationsOf } from './expectation.ts';

const vm = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm1';
const built = new Set(['agent-ready', 'disk-count', 'health-protected', 'vault-same-region']);

const head = { category: 'vault', evidence: [], message: 'Said so.' } as const;
const failing = (rule: string, severity: Finding['severity'] = 'blocker'): Finding => ({
  ...head,
  rule,
  severity,
  outcome: 'fail',
  reason: 'Because',
});
const passing = (rule: string): Finding => ({ ...head, rule, severity: 'blocker', outcome: 'pass', reason: 'Fine' });
const unclear = (rule: string, change: Partial<Extract<Finding, { outcome: 'unknown' }>> = {}): Finding => ({
  ...head,
  rule,
  severity: 'warning',
  outcome: 'unknown',
  cause: 'not-reported',
  ...change,
});

function label(lists: Partial<Record<'fail' | 'unknown' | 'info', string[]>>): Expectation {
  const expected = { verdict: 'blocked', fail: [], unknown: [], why: 'It is so.', ...lists };
  const [expectation] = expectationsOf('a.json', { expect: { vms: { [vm]: expected } } });
  expect.assert(expectation);
  return expectation;
}

const answerOf = (findings: readonly Finding[], verdict = 'blocked', swept = verdict): Answer => ({
  swept,
  requested: { kind: 'evaluated', verdict, findings },
});

const wrong = (points: readonly Point[]) =>
  points.filter(({ isRight }) => !isRight).map(({ about, expected, found }) => [about, expected, found]);

const everything = label({ fail: ['vault-same-region', 'health-protected'], unknown: ['agent-ready'] });
const rightFindings = [failing('vault-same-region'), failing('health-protected'), unclear('agent-ready')];

describe('an answer', () => {
  it('that says what the label says is right in every point', () => {
    const points = compare(everything, answerOf([...rightFindings, passing('disk-count')]), built);

    expect(points.map(({ about, isRight }) => [about, isRight])).toEqual([
      ['verdict', true],
      ['verdict of the sweep', true],
      ['agent-ready', true],
      ['health-protected', true],
      ['vault-same-region', true],
    ]);
  });

  it.each([
    [
      'another verdict',
      label({}),
      answerOf([], 'protected'),
      [
        ['verdict', 'blocked', 'protected'],
        ['verdict of the sweep', 'blocked', 'protected'],
      ],
    ],
    [
      'another verdict of the sweep',
      label({}),
      answerOf([], 'blocked', 'pending'),
      [['verdict of the sweep', 'blocked', 'pending']],
    ],
    [
      'no verdict of the sweep',
      label({}),
      answerOf([], 'blocked', 'not listed'),
      [['verdict of the sweep', 'blocked', 'not listed']],
    ],
    [
      'a fail too few',
      label({ fail: ['disk-count'] }),
      answerOf([passing('disk-count')]),
      [['disk-count', 'fail', 'nothing']],
    ],
    ['a fail too many', label({}), answerOf([failing('disk-count')]), [['disk-count', 'nothing', 'fail']]],
    [
      'a warning too many',
      label({}),
      answerOf([failing('disk-count', 'warning')]),
      [['disk-count', 'nothing', 'fail']],
    ],
    [
      'a fail for an unknown',
      label({ unknown: ['disk-count'] }),
      answerOf([failing('disk-count')]),
      [['disk-count', 'unknown', 'fail']],
    ],
    [
      'an unknown for a fail',
      label({ fail: ['disk-count'] }),
      answerOf([unclear('disk-count')]),
      [['disk-count', 'fail', 'unknown']],
    ],
    ['an unknown too many', label({}), answerOf([unclear('disk-count')]), [['disk-count', 'nothing', 'unknown']]],
    ['an unknown too few', label({ unknown: ['disk-count'] }), answerOf([]), [['disk-count', 'unknown', 'nothing']]],
    [
      'an unknown of the guest instead',
      label({ unknown: ['disk-count'] }),
      answerOf([unclear('disk-count', { cause: 'not-exposed' })]),
      [['disk-count', 'unknown', 'nothing']],
    ],
    [
      'a demanded info too few',
      label({ info: ['disk-count'] }),
      answerOf([passing('disk-count')]),
      [['disk-count', 'info', 'nothing']],
    ],
    [
      'an info that was raised',
      label({ info: ['disk-count'] }),
      answerOf([failing('disk-count', 'warning')]),
      [['disk-count', 'info', 'fail']],
    ],
    [
      'an info that should be raised',
      label({ fail: ['disk-count'] }),
      answerOf([failing('disk-count', 'info')]),
      [['disk-count', 'fail', 'info']],
    ],
    ['nothing of a rule that is not built', label({ fail: ['lock-x'] }), answerOf([]), [['lock-x', 'fail', 'nothing']]],
  ])('with %s is wrong in this', (_, expectation, answer, points) => {
    expect(wrong(compare(expectation, answer, built))).toEqual(points);
  });

  it.each([
    ['an info that nobody demands', label({}), [failing('disk-count', 'info')]],
    ['an info that is demanded', label({ info: ['disk-count'] }), [failing('disk-count', 'info')]],
    ['an unknown that only the guest could resolve', label({}), [unclear('disk-count', { cause: 'not-exposed' })]],
    ['an unknown of an info rule', label({}), [unclear('disk-count', { severity: 'info' })]],
  ])('with %s is right', (_, expectation, findings) => {
    expect(wrong(compare(expectation, answerOf(findings), built))).toEqual([]);
  });

  it('that never came is wrong in everything the label says', () => {
    const answer: Answer = { swept: 'blocked', requested: { kind: 'failed', why: '500 Oops' } };

    expect(wrong(compare(everything, answer, built))).toEqual([
      ['verdict', 'blocked', 'no answer'],
      ['agent-ready', 'unknown', 'nothing'],
      ['health-protected', 'fail', 'nothing'],
      ['vault-same-region', 'fail', 'nothing'],
    ]);
  });

  it('of a VM that a sweep may not read needs no verdict of the sweep', () => {
    expect(compare(label({}), answerOf([], 'blocked', 'hidden'), built).map(({ about }) => about)).toEqual(['verdict']);
  });

  it.each([
    ['what a finding says', answerOf([passing('disk-count')]), 'pass (blocker): Said so.'],
    ['why there is an unknown', answerOf([unclear('disk-count')]), 'unknown (warning, not-reported): Said so.'],
    ['that the VM was not judged', answerOf([], 'exempt'), 'not judged: the VM is exempt'],
    [
      'that there was no answer',
      { swept: 'x', requested: { kind: 'failed', why: '500 Oops' } } as const,
      'no answer: 500 Oops',
    ],
  ])('is shown with %s', (_, answer, said) => {
    const points = compare(label({ fail: ['disk-count'] }), answer, built);

    expect(points.find(({ about }) => about === 'disk-count')?.said).toBe(said);
  });

  it('shows that a rule is not built', () => {
    const points = compare(label({ fail: ['lock-x'] }), answerOf([]), built);

    expect(points.find(({ about }) => about === 'lock-x')?.said).toBe('not built');
  });
});

describe('a label that is made wrong', () => {
  it.each([
    ['verdict', { ...everything, verdict: 'protected' }],
    [
      'vault-same-region',
      {
        ...everything,
        statements: new Map([...everything.statements].filter(([rule]) => rule !== 'vault-same-region')),
      },
    ],
    ['disk-count', { ...everything, statements: new Map([...everything.statements, ['disk-count', 'fail'] as const]) }],
    [
      'agent-ready',
      { ...everything, statements: new Map([...everything.statements, ['agent-ready', 'info'] as const]) },
    ],
  ])('in %s is noticed', (about, expectation) => {
    expect(wrong(compare(everything, answerOf(rightFindings), built))).toEqual([]);
    expect(wrong(compare(expectation, answerOf(rightFindings), built)).map(([name]) => name)).toContain(about);
  });

  it('by saying two things of one rule is refused', () => {
    expect(() => label({ fail: ['disk-count'], info: ['agent-ready', 'disk-count'] })).toThrow(
      `a.json: the label of ${vm} lists disk-count twice.`,
    );
  });
});

it('an estate without labels expects nothing', () => {
  expect(expectationsOf('a.json', {})).toEqual([]);
});
