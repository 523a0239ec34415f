import { describe, expect, it } from 'vitest';

import { addPostures, type Counted, emptyPosture, postureOf, subtractPosture } from '../../lib/domain/posture.ts';

const payroll: Counted = { verdict: 'at-risk', failing: ['health-rpo'], region: 'westeurope', owner: 'team-pay' };
const shop: Counted = {
  verdict: 'blocked',
  failing: ['disk-count', 'health-protected'],
  region: 'westeurope',
  owner: '(none)',
};

const both = {
  vms: 2,
  verdicts: { 'at-risk': 1, blocked: 1 },
  rules: { 'health-rpo': 1, 'disk-count': 1, 'health-protected': 1 },
  regions: { westeurope: 2 },
  owners: { 'team-pay': 1, '(none)': 1 },
};

describe('a posture', () => {
  it('counts VMs by verdict, failing rule, region and owner', () => {
    expect(postureOf([payroll, shop])).toEqual(both);
  });

  it('of nothing is empty', () => {
    expect(postureOf([])).toEqual(emptyPosture);
  });

  it('of two scopes is the sum of theirs', () => {
    expect(addPostures(postureOf([payroll]), postureOf([shop]))).toEqual(both);
  });

  it('without a part keeps no zero', () => {
    expect(subtractPosture(postureOf([payroll, shop]), postureOf([shop]))).toEqual(postureOf([payroll]));
  });

  it.each(['constructor', 'toString', '__proto__'])('counts an owner called %s like any other', (owner) => {
    const { owners } = postureOf([
      { ...shop, owner },
      { ...shop, owner },
    ]);

    expect(Object.entries(owners)).toEqual([[owner, 2]]);
  });
});
