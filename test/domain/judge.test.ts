import { expect, it } from 'vitest';

import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import { judgeAll } from '../../lib/domain/judge.ts';
import { defineRule, type Rule } from '../../lib/domain/rule.ts';
import { diskCount } from '../../lib/rules/disk-count.ts';
import { healthyVm, now, settings, unread } from '../rules/healthy-vm.ts';

const said = {
  pass: { Fine: 'Fine.' },
  fail: {},
  remedies: {},
  check: () => ({ kind: 'pass', reason: 'Fine', details: {} }) as const,
};

/** Rules that need one fact, two facts and none. */
function someRules(): readonly Rule[] {
  return [
    defineRule({ ...diskCount, ...said, needs: { disks: () => ({}) } }),
    defineRule({ ...diskCount, ...said, needs: { tags: () => ({}), disks: () => ({}) } }),
    defineRule({ ...diskCount, ...said, needs: {} }),
  ];
}

it('what could be read of one VM says nothing about what could be read of the next one', () => {
  const rules = someRules();
  const outcomesOf = (facts: Partial<FactSheet>) =>
    judgeAll(rules, healthyVm(facts), { settings, now }).map(({ kind }) => kind);

  const throughAll = () => [
    outcomesOf({}),
    outcomesOf({ tags: unread }),
    outcomesOf({ disks: unread }),
    outcomesOf({ tags: unread, disks: unread }),
    outcomesOf({ vm: unread }),
  ];

  const expected = [
    ['pass', 'pass', 'pass'],
    ['pass', 'unknown', 'pass'],
    ['unknown', 'unknown', 'pass'],
    ['unknown', 'unknown', 'pass'],
    ['pass', 'pass', 'pass'],
  ];
  expect(throughAll()).toEqual(expected);
  expect(throughAll()).toEqual(expected);
});
