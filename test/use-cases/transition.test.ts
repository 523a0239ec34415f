import { describe, expect, test } from 'vitest';

import { counted, retired, transitionTo } from '../../lib/use-cases/record.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';

const before = evaluatedRow({ subscriptionId: 's', name: 'vm', failing: ['a', 'b'] });
const next = { ...before, revision: 2 };

test.each([
  ['another verdict', { verdict: 'at-risk' as const }],
  ['another failing rule', { failing: ['a', 'c'] }],
  ['one failing rule less', { failing: ['a'] }],
  ['the VM being gone', { goneAt: '2026-11-20T07:00:00.000Z' }],
])('%s is a change to remember', (_, change) => {
  const transition = transitionTo({ ...next, ...change }, before);

  expect(transition).toMatchObject({ vmKey: before.vmKey, revision: 2, from: 'protected', failingBefore: ['a', 'b'] });
});

test.each([
  ['nothing', {}],
  ['an unknown rule', { unknown: ['x'] }],
  ['the evidence', { evidenceAt: '2026-11-20T07:00:00.000Z' }],
  ['the recovery point', { lastRecoveryPoint: '2026-11-20T05:00:00.000Z' }],
])('a row in which %s changed is no transition', (_, change) => {
  expect(transitionTo({ ...next, ...change }, before)).toBeUndefined();
});

test('the first row comes from nowhere, and so does that of a VM that came back', () => {
  const gone = retired(before, '2026-11-20T07:00:00.000Z', { trigger: 'sweep', runId: 'r' });

  expect(transitionTo(before, undefined)).not.toHaveProperty('from');
  expect(transitionTo({ ...next, failing: ['a', 'b'] }, gone)).toMatchObject({ to: 'protected' });
  expect(transitionTo({ ...next, failing: ['a', 'b'] }, gone)).not.toHaveProperty('from');
});

test('a retired row keeps what was last known, and counts nothing', () => {
  const gone = retired({ ...before, runId: 'old' }, '2026-11-20T07:00:00.000Z', { trigger: 'event' });

  expect(gone).toMatchObject({ verdict: 'protected', revision: 2, trigger: 'event', evidenceAt: gone.goneAt });
  expect(gone).not.toHaveProperty('runId');
  expect(counted(gone)).toEqual([]);
  expect(counted(before)).toEqual([before]);
  expect(counted(undefined)).toEqual([]);
});

test('of a subscription that was not known the first sight of a VM is the baseline, not a change', () => {
  expect(transitionTo(before, undefined, 'baseline')).toBeUndefined();
  expect(transitionTo({ ...next, verdict: 'at-risk' }, before, 'baseline')).toMatchObject({ to: 'at-risk' });
});

test('a change says which VM it is of', () => {
  const { vmId, name, subscriptionId, region, owner } = before;

  expect(transitionTo(before, undefined)).toMatchObject({ vmId, name, subscriptionId, region, owner });
});

describe('the time that it took to protect a VM', () => {
  const unprotected = { ...before, verdict: 'protectable' as const };
  const firstProtected = { at: next.evidenceAt, minutes: 100 };

  test('is told with the change to its first protection, and with no other', () => {
    const isNow = { ...next, firstProtected };

    expect(transitionTo(isNow, unprotected)).toMatchObject({ to: 'protected', hoursToProtect: 1.67 });
    expect(transitionTo({ ...isNow, verdict: 'at-risk' }, isNow)).not.toHaveProperty('hoursToProtect');
    expect(transitionTo({ ...isNow, failing: [] }, isNow)).not.toHaveProperty('hoursToProtect');
  });

  test('is not told where nobody knows it', () => {
    const isNow = { ...next, firstProtected: { at: next.evidenceAt } };

    expect(transitionTo(isNow, unprotected)).not.toHaveProperty('hoursToProtect');
  });
});
