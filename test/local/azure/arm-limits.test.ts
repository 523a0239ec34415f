import { expect, test } from 'vitest';

import { ArmLimits } from '../../../local/azure/arm-limits.ts';

const subscription = '/subscriptions/0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0001';
const vms = `${subscription}/providers/Microsoft.Compute/virtualMachines`;

function chargeTimes(limits: ArmLimits, times: number, method: string, path: string): number {
  return Array.from({ length: times }, () => limits.charge(method, path)).filter(({ refusal }) => refusal === undefined)
    .length;
}

test.each([
  ['reads', 'GET', 250],
  ['writes', 'PUT', 200],
  ['writes', 'POST', 200],
  ['deletes', 'DELETE', 200],
])('a subscription allows a burst of %s by %s, then says when to come back', (verbs, method, burst) => {
  const limits = new ArmLimits(() => 0);

  const granted = chargeTimes(limits, burst + 5, method, `${subscription}/x`);

  expect(granted).toBe(burst);
  expect(limits.charge(method, `${subscription}/x`)).toMatchObject({
    headers: { [`x-ms-ratelimit-remaining-subscription-${verbs}`]: '0' },
    refusal: {
      status: 429,
      headers: { 'retry-after': '1' },
      body: { error: { code: 'SubscriptionRequestsThrottled' } },
    },
  });
});

test('a caller takes nothing from another one', () => {
  const limits = new ArmLimits(() => 0);
  const path = `${subscription}/x`;
  for (let number = 0; number < 250; number += 1) limits.charge('GET', path, 'Bearer one');

  expect(limits.charge('GET', path, 'Bearer one').refusal).toBeDefined();
  expect(limits.charge('GET', path, 'Bearer two').refusal).toBeUndefined();
});

test('a subscription recovers 25 reads a second, and another one is not affected', () => {
  let nowMs = 0;
  const limits = new ArmLimits(() => nowMs);
  chargeTimes(limits, 300, 'GET', `${subscription}/x`);

  expect(chargeTimes(limits, 1, 'GET', '/subscriptions/another/x')).toBe(1);
  nowMs = 1000;
  expect(chargeTimes(limits, 100, 'GET', `${subscription}/x`)).toBe(25);
});

test('lists of VMs cost more: Compute refuses without the usual wrapper', () => {
  let nowMs = 0;
  const limits = new ArmLimits(() => nowMs);
  let refused: unknown;
  // Slow enough for ARM (25 a second), too fast for Compute (5 a second).
  for (let list = 0; list < 2000 && refused === undefined; list++) {
    nowMs += 40;
    refused = limits.charge('GET', vms).refusal;
  }

  expect(refused).toMatchObject({
    status: 429,
    body: { code: 'OperationNotAllowed', details: [{ code: 'TooManyRequests' }] },
  });
  expect(limits.charge('GET', `${vms}/web1`).refusal).toBeUndefined();
});

test('requests outside any subscription are counted for the tenant', () => {
  const limits = new ArmLimits(() => 0);

  const { headers } = limits.charge('GET', '/subscriptions');

  expect(headers).toEqual({ 'x-ms-ratelimit-remaining-tenant-reads': '249' });
});
