import { expect, test } from 'vitest';

import { withFingerprint } from '../../lib/use-cases/judge-vm.ts';
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

test('the fingerprint is that of what a reader sees: when and by whom it was seen is not part of it', () => {
  const { fingerprint } = withFingerprint(before);
  const unseen = {
    revision: 9,
    evidenceAt: 'later',
    trigger: 'event',
    runId: 'r',
    since: 'then',
    agentReadAt: 'x',
  } as const;

  expect(withFingerprint({ ...before, ...unseen }).fingerprint).toBe(fingerprint);
  expect(withFingerprint({ ...before, verdict: 'at-risk' }).fingerprint).not.toBe(fingerprint);
  expect(withFingerprint({ ...before, owner: 'ops' }).fingerprint).not.toBe(fingerprint);
});
