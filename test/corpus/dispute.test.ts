import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Point } from './comparison.ts';
import { disputeOf, idleDisputes, readDisputes } from './dispute.ts';

const vm = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm1';
const why = 'The label contradicts ruling 14.';
const aboutRule = { file: 'a.json', vm, rule: 'disk-count', why };
const aboutVerdict = { file: 'a.json', vm, verdict: 'pending', why };

function point(about: string, expected: string, found: string, change: Partial<Point> = {}): Point {
  return { file: 'a.json', vm, about, expected, found, isRight: expected === found, said: '', ...change };
}

const wrongRule = point('disk-count', 'fail', 'nothing');
const wrongVerdict = point('verdict', 'protected', 'pending');

describe('a dispute', () => {
  it.each([
    ['a rule', aboutRule, wrongRule],
    ['a verdict', aboutVerdict, wrongVerdict],
    ['the verdict of the sweep as well', aboutVerdict, point('verdict of the sweep', 'protected', 'pending')],
    ['an id in another case', { ...aboutRule, vm: vm.toUpperCase() }, wrongRule],
  ])('explains %s', (_, dispute, wrong) => {
    expect(disputeOf(wrong, [dispute])).toBe(dispute);
  });

  it.each([
    ['a point that is right', aboutRule, point('disk-count', 'fail', 'fail')],
    ['another rule', aboutRule, point('disk-size', 'fail', 'nothing')],
    ['another VM', aboutRule, { ...wrongRule, vm: `${vm}2` }],
    ['another file', aboutRule, { ...wrongRule, file: 'b.json' }],
    ['a verdict, if it is about a rule', aboutRule, wrongVerdict],
    ['a rule, if it is about a verdict', aboutVerdict, wrongRule],
    ['another verdict than the one it holds right', aboutVerdict, point('verdict', 'protected', 'blocked')],
  ])('does not explain %s', (_, dispute, other) => {
    expect(disputeOf(other, [dispute])).toBeUndefined();
  });

  it.each(['our own', 'others'] as const)('that explains something is not idle on %s estates', (estates) => {
    expect(idleDisputes([aboutRule, aboutVerdict], [wrongRule, wrongVerdict], estates)).toEqual([]);
  });

  it.each(['our own', 'others'] as const)('with nothing left to disagree about is idle on %s estates', (estates) => {
    const points = [point('disk-count', 'fail', 'fail'), point('verdict', 'protected', 'protected')];

    expect(idleDisputes([aboutRule, aboutVerdict], points, estates)).toEqual([
      `a.json, ${vm}, disk-count: label and Backstop no longer disagree in this.`,
      `a.json, ${vm}, pending: label and Backstop no longer disagree in this.`,
    ]);
  });

  it('that names nothing is idle on our own estates, and nobody’s on others', () => {
    expect(idleDisputes([{ ...aboutRule, file: 'b.json' }], [wrongRule], 'our own')).toEqual([
      `b.json, ${vm}, disk-count: there is no such VM with a label.`,
    ]);
    expect(idleDisputes([{ ...aboutRule, file: 'b.json' }], [wrongRule], 'others')).toEqual([]);
  });
});

describe('a list of disputes', () => {
  it('is read', () => {
    expect(readDisputes([aboutRule, aboutVerdict])).toEqual([aboutRule, aboutVerdict]);
  });

  it.each([
    ['no list', {}],
    ['an entry without a reason', [{ ...aboutRule, why: '' }]],
    ['an entry about nothing', [{ file: 'a.json', vm, why }]],
    ['an entry about two things', [{ ...aboutRule, verdict: 'pending' }]],
    ['an entry without the id of a VM', [{ ...aboutRule, vm: 'vm1' }]],
  ])('is refused if it is %s', (_, document) => {
    expect(() => readDisputes(document)).toThrow();
  });

  it('is ours, in the right form, and holds a handful at most', () => {
    const own = readDisputes(JSON.parse(readFileSync(join(import.meta.dirname, '../corpus-disputes.json'), 'utf8')));

    expect(own.length).toBeLessThanOrEqual(5);
  });
});
