import { expect, test } from 'vitest';

import { type Attempt, type AttemptState, mayTry } from '../../lib/domain/attempt.ts';

const now = new Date('2026-11-20T06:00:00.000Z');

function attempt(state: AttemptState, hoursAgo: number, change: Partial<Attempt> = {}): Attempt {
  const at = new Date(now.getTime() - hoursAgo * 3_600_000).toISOString();
  return {
    vmKey: 'k',
    number: 1,
    vmId: '/v',
    name: 'v',
    subscriptionId: 's',
    instanceId: 'i',
    plan: {
      kind: 'plan',
      planId: 'p',
      action: 'enable',
      scope: 'all',
      mode: 'on',
      vault: { id: '/vault', name: 'vault', isNew: false, why: '' },
      policy: { id: '/policy', name: 'policy', isNew: false },
      needsApproval: false,
      backupNow: false,
      cost: '',
    },
    state,
    claimedAt: at,
    changedAt: at,
    ...change,
  };
}

const forNow = { outcome: { code: 'TooManyRequests', message: '', againAt: '2026-11-20T06:00:00.000Z' } };
const later = { outcome: { code: 'TooManyRequests', message: '', againAt: '2026-11-20T06:00:00.001Z' } };

test.each([
  ['nothing was tried', undefined, 'p', true],
  ['one is claimed', attempt('claimed', 99), 'p', false],
  ['one is being sent', attempt('requested', 99), 'p', false],
  ['one is followed', attempt('following', 99), 'other', false],
  ['the same was refused just now', attempt('refused', 1), 'p', false],
  ['the same failed just now', attempt('failed', 19.9), 'p', false],
  ['the same failed a day ago', attempt('failed', 20), 'p', true],
  ['the same was done just now', attempt('enabled', 1), 'p', false],
  ['another plan was refused just now', attempt('refused', 1), 'other', true],
  ['Azure asked to come back now', attempt('failed', 0, forNow), 'p', true],
  ['Azure asked to come back later', attempt('failed', 0, later), 'p', false],
  ['Azure asked to come back later, whatever the plan', attempt('failed', 0, later), 'other', false],
  ['Azure asked to come back, and somebody does', attempt('claimed', 0, forNow), 'p', false],
])('a plan may be tried where %s: %o, %s: %s', (_, last, planId, expected) => {
  expect(mayTry(planId, last, now)).toBe(expected);
});
