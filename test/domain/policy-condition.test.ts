import { describe, expect, it } from 'vitest';

import {
  comparisonsIn,
  type PolicyComparison,
  type PolicyCondition,
  type Truth,
  truthOf,
} from '../../lib/domain/policy-condition.ts';

const one = (field: string): PolicyComparison => ({ kind: 'comparison', field, operator: 'exists', operand: true });
const [yes, no, open] = [one('yes'), one('no'), one('open')];
const unread: PolicyCondition = { kind: 'unread' };
const judge = ({ field }: PolicyComparison): Truth => (field === 'open' ? undefined : field === 'yes');

describe('truthOf', () => {
  it.each<[string, PolicyCondition, Truth]>([
    ['a comparison that holds', yes, true],
    ['a comparison that does not', no, false],
    ['a part that is not understood', unread, undefined],
    ['the contrary of what holds', { kind: 'not', of: yes }, false],
    ['the contrary of what does not', { kind: 'not', of: no }, true],
    ['the contrary of what cannot be told', { kind: 'not', of: open }, undefined],
    ['all that hold', { kind: 'all', of: [yes, yes] }, true],
    ['all, of which one does not hold', { kind: 'all', of: [open, no] }, false],
    ['all, of which one cannot be told', { kind: 'all', of: [yes, unread] }, undefined],
    ['any, of which one holds', { kind: 'any', of: [unread, yes] }, true],
    ['any, of which none holds', { kind: 'any', of: [no, no] }, false],
    ['any, of which one cannot be told', { kind: 'any', of: [no, open] }, undefined],
    ['one within the other', { kind: 'all', of: [{ kind: 'any', of: [no, { kind: 'not', of: no }] }, yes] }, true],
  ])('%s', (_what, condition, expected) => {
    expect(truthOf(condition, judge)).toBe(expected);
  });
});

describe('comparisonsIn', () => {
  it('finds the comparisons of every part', () => {
    const condition: PolicyCondition = {
      kind: 'all',
      of: [yes, { kind: 'any', of: [no, unread] }, { kind: 'not', of: open }],
    };

    expect(comparisonsIn(condition)).toEqual([yes, no, open]);
  });
});
