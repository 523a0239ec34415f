import { describe, expect, it } from 'vitest';

import {
  addPostures,
  type Counted,
  emptyPosture,
  postureOf,
  subtractPosture,
  sumPostures,
} from '../../lib/domain/posture.ts';
import { timeToProtectOf } from '../../lib/domain/time-to-protect.ts';

const payroll: Counted = {
  verdict: 'at-risk',
  failing: ['health-rpo'],
  subscriptionId: 's1',
  owner: 'team-pay',
  firstProtected: { at: '2026-11-19T23:00:00.000Z', minutes: 90 },
};
const shop: Counted = {
  verdict: 'blocked',
  failing: ['health-rpo', 'health-protected'],
  subscriptionId: 's1',
  owner: '(none)',
  firstProtected: { at: '2026-11-19T23:00:00.000Z' },
};

const both = {
  vms: 2,
  verdicts: { 'at-risk': 1, blocked: 1 },
  rules: { 'health-rpo': { 'at-risk': 1, blocked: 1 }, 'health-protected': { blocked: 1 } },
  owners: { 'team-pay': { 'at-risk': 1 }, '(none)': { blocked: 1 } },
  subscriptions: { s1: 2 },
  protections: { '2026-11-19': timeToProtectOf(90) },
};

describe('a posture', () => {
  it('counts VMs by verdict, failing rule, owner, subscription and the day of their first protection', () => {
    expect(postureOf([payroll, shop])).toEqual(both);
  });

  it('of nothing is empty', () => {
    expect(postureOf([])).toEqual(emptyPosture);
    expect(sumPostures([])).toEqual(emptyPosture);
  });

  it('of two scopes is the sum of theirs', () => {
    expect(addPostures(postureOf([payroll]), postureOf([shop]))).toEqual(both);
  });

  it('without a part keeps no zero', () => {
    expect(subtractPosture(postureOf([payroll, shop]), postureOf([shop]))).toEqual(postureOf([payroll]));
    expect(subtractPosture(both, both)).toEqual(emptyPosture);
  });

  it('without what it never held is what it was', () => {
    const other = postureOf([{ ...shop, owner: 'nobody', failing: ['x'], subscriptionId: 's2', verdict: 'exempt' }]);

    expect(subtractPosture(both, other)).toEqual({ ...both, vms: 1 });
  });

  it.each(['constructor', 'toString', '__proto__'])('counts an owner called %s like any other', (owner) => {
    const { owners } = addPostures(postureOf([{ ...shop, owner }]), postureOf([{ ...shop, owner }]));

    expect(Object.entries(owners)).toEqual([[owner, { blocked: 2 }]]);
  });
});
