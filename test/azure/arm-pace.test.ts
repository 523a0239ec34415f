import { expect, test } from 'vitest';

import { ArmPace } from '../../lib/azure/arm-pace.ts';

const one = 'https://management.azure.com/subscriptions/AAAA/providers/x';
const other = 'https://management.azure.com/subscriptions/bbbb/providers/x';

/** A pace on a clock that moves only by hand, and the pauses it asked for in milliseconds. */
function paceByHand() {
  const clock = { nowMs: 0 };
  const pauses: number[] = [];
  const pace = new ArmPace(
    () => clock.nowMs,
    async (ms) => {
      pauses.push(ms);
    },
  );
  return { pace, clock, pauses };
}

test('nothing waits where nothing is told, or what is told is no number', async () => {
  const { pace, pauses } = paceByHand();
  pace.note(one, 'GET', undefined);
  pace.note(one, 'GET', 'plenty');

  await pace.pass(one, 'GET');

  expect(pauses).toEqual([]);
});

test('those who come when the budget is used up go out at the rate at which it comes back', async () => {
  const { pace, pauses } = paceByHand();
  pace.note(one, 'GET', '30');

  await pace.pass(one, 'GET');
  await pace.pass(one, 'GET');
  await pace.pass(one, 'GET');

  expect(pauses).toEqual([40, 80, 120]);
});

test('writes come back more slowly, and have a budget of their own', async () => {
  const { pace, pauses } = paceByHand();
  pace.note(one, 'PUT', '30');

  await pace.pass(one, 'GET');
  await pace.pass(one, 'PUT');

  expect(pauses).toEqual([100]);
});

test('each subscription has its own budget, however it is spelt', async () => {
  const { pace, pauses } = paceByHand();
  pace.note(one, 'GET', '30');

  await pace.pass(other, 'GET');
  await pace.pass(one.toLowerCase(), 'GET');

  expect(pauses).toEqual([40]);
});

test('time fills the budget up', async () => {
  const { pace, clock, pauses } = paceByHand();
  pace.note(one, 'GET', '0');
  clock.nowMs = 2000;

  await pace.pass(one, 'GET');

  expect(pauses).toEqual([]);
});

test('an answer that was overtaken does not give back what was taken since', async () => {
  const { pace, pauses } = paceByHand();
  pace.note(one, 'GET', '30');
  pace.note(one, 'GET', '200');

  await pace.pass(one, 'GET');

  expect(pauses).toEqual([40]);
});
