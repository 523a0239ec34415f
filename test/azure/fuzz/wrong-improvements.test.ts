import { expect, test } from 'vitest';

import type { Finding } from '../../../lib/domain/finding.ts';
import type { Said } from './judged-through.ts';
import { differences, wrongImprovements } from './wrong-improvements.ts';

type Outcomes = Readonly<Record<string, Finding['outcome']>>;

function said(verdict: Said['verdict'], outcomes: Outcomes): Said {
  const finding = (rule: string, outcome: Finding['outcome']): Finding => {
    const head = { rule, category: 'agent', severity: 'warning', message: 'So.', evidence: [] } as const;
    if (outcome === 'unknown') {
      return { ...head, outcome, cause: 'not-reported' };
    }
    return outcome === 'notApplicable' ? { ...head, outcome } : { ...head, outcome, reason: 'So' };
  };
  return { verdict, findings: new Map(Object.entries(outcomes).map(([rule, each]) => [rule, finding(rule, each)])) };
}

const failing = said('blocked', { 'disk-count': 'fail', 'health-protected': 'fail' });
const unclear = said('undetermined', { 'disk-count': 'unknown', 'health-protected': 'fail' });
const hasItem = said('at-risk', { 'health-rpo': 'fail', 'vault-same-region': 'fail', 'health-protected': 'pass' });

test.each([
  ['a better verdict', failing, { ...failing, verdict: 'protectable' }, ['the verdict: blocked became protectable']],
  ['an exemption', hasItem, said('exempt', {}), ['the verdict: at-risk became exempt']],
  [
    'a pass',
    failing,
    said('blocked', { 'disk-count': 'pass', 'health-protected': 'fail' }),
    ['disk-count: fail became pass'],
  ],
  [
    'no question any more',
    failing,
    said('blocked', { 'disk-count': 'notApplicable', 'health-protected': 'fail' }),
    ['disk-count: fail became notApplicable'],
  ],
  ['silence', failing, said('blocked', { 'health-protected': 'fail' }), ['disk-count: fail became nothing']],
  [
    'a pass for an unknown',
    unclear,
    said('undetermined', { 'disk-count': 'pass', 'health-protected': 'fail' }),
    ['disk-count: unknown became pass'],
  ],
] as const)('less is known and there is %s: that is wrong', (_, before, after, wrong) => {
  expect(wrongImprovements(before, after)).toEqual(wrong);
});

test.each([
  ['the same', failing, failing],
  ['an unknown', failing, said('undetermined', { 'disk-count': 'unknown', 'health-protected': 'fail' })],
  ['a fail', unclear, { ...failing, verdict: 'undetermined' }],
  ['a failure', unclear, { ...failing, verdict: 'blocked' }],
  ['another try', failing, said('tried again later', {})],
  ['a VM that is no longer exempt', said('exempt', { 'gov-exclusion-tag': 'pass' }), failing],
  [
    'an item out of sight',
    hasItem,
    said('undetermined', { 'health-rpo': 'notApplicable', 'vault-same-region': 'pass', 'health-protected': 'unknown' }),
  ],
  [
    'an earlier step of the funnel that cannot tell',
    hasItem,
    said('undetermined', {
      ...{ 'health-rpo': 'fail', 'health-protected': 'pass' },
      'vault-kind': 'unknown',
      'vault-same-region': 'notApplicable',
    }),
  ],
] as const)('less is known and there is %s: that may be', (_, before, after) => {
  expect(wrongImprovements(before, after)).toEqual([]);
});

test('two judgements differ in verdict and outcomes, not in words', () => {
  expect(differences(failing, failing)).toEqual([]);
  expect(differences(failing, said('undetermined', { 'disk-count': 'unknown', 'health-protected': 'fail' }))).toEqual([
    'no longer the verdict: blocked',
    'no longer disk-count: fail',
    'now the verdict: undetermined',
    'now disk-count: unknown',
  ]);
});
