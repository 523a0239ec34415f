import { expect, test } from 'vitest';

import { createArmBudget } from '../../lib/azure/arm-budget.ts';

function budgetOnClock() {
  let at = Date.parse('2026-11-20T06:00:00Z');
  const budget = createArmBudget(() => new Date(at));
  return {
    budget,
    pass: (seconds: number) => {
      at += seconds * 1000;
    },
    /** How many evaluations have room now. */
    room: (subscriptionId: string) => {
      let taken = 0;
      while (budget.take(subscriptionId)) taken += 1;
      return taken;
    },
  };
}

test('a subscription has room for a burst, and then for 2 a second', () => {
  const { room, pass } = budgetOnClock();

  expect(room('a')).toBe(20);
  pass(5);
  expect(room('a')).toBe(10);
  pass(3600);
  expect(room('a')).toBe(20);
});

test('each subscription has a budget of its own', () => {
  const { room } = budgetOnClock();

  expect(room('a')).toBe(20);
  expect(room('b')).toBe(20);
});

test('a subscription that Azure refuses has no room until time has passed', () => {
  const { budget, room, pass } = budgetOnClock();
  budget.refused('a');

  expect(room('a')).toBe(0);
  pass(1);
  expect(room('a')).toBe(2);
});

test('a clock that is set back takes no room away', () => {
  const { room, pass, budget } = budgetOnClock();
  budget.take('a');
  pass(-60);

  expect(room('a')).toBe(19);
});
