import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Finding } from '../../lib/domain/finding.ts';
import { bornAt, isNewborn, type Look, nextCheckOf } from '../../lib/domain/newborn.ts';

const born = '2026-11-20T06:00:00.000Z';
const minutesAfter = (minutes: number) => new Date(Date.parse(born) + minutes * 60_000);

const tooNew: Finding = {
  outcome: 'unknown',
  rule: 'agent-ready',
  category: 'agent',
  severity: 'warning',
  cause: 'too-new',
  message: 'The VM is younger than 30 minutes.',
  evidence: [],
};

const fine: Look = { verdict: 'protectable', failing: ['health-protected'], findings: [] };
const young: Look = { ...fine, findings: [tooNew] };
const changing: Look = { ...fine, findings: [{ ...tooNew, cause: 'in-transition' }] };
const unreported: Look = { ...fine, findings: [{ ...tooNew, cause: 'not-reported' }] };
const worse: Look = { ...fine, verdict: 'blocked' };
const other: Look = { ...fine, failing: ['agent-ready', 'health-protected'] };

describe('a newborn VM is looked at again', () => {
  test.each<[what: string, minutes: number, before: Look | undefined, after: Look, next: number | undefined]>([
    ['at 2 minutes after the first look', 0.5, undefined, fine, 2],
    ['at 10 minutes after the first look at 2', 2, undefined, fine, 10],
    ['at 30 minutes after a late first look', 12, undefined, fine, 30],
    ['at 24 hours after a later one', 31, undefined, fine, 1440],
    ['not when the first look comes after 24 hours', 1440, undefined, fine, undefined],
    ['not when two looks say the same', 2, fine, fine, undefined],
    ['when the verdict has changed', 2, fine, worse, 10],
    ['when the failing rules have changed', 2, fine, other, 10],
    ['when something cannot be told as it is too new', 2, young, young, 10],
    ['when it is just being changed', 2, changing, changing, 10],
    ['not when what was too new before is told, and says the same', 10, young, fine, undefined],
    ['not when something cannot be told for another cause', 2, unreported, unreported, undefined],
    ['at 24 hours when it is still too new at 30 minutes', 30, young, young, 1440],
    ['not after 24 hours, however little is told', 1440.1, young, young, undefined],
    ['a little early: at the same instant once more', 1.999, fine, worse, 2],
  ])('%s', (_, minutes, before, after, next) => {
    const expected = next === undefined ? undefined : minutesAfter(next).toISOString();

    expect(nextCheckOf(born, minutesAfter(minutes), before, after)).toBe(expected);
  });

  const look = fc.constantFrom(fine, young, changing, unreported, worse, other);
  const before = fc.option(look, { nil: undefined });

  test('never at once, never later than 24 hours after its birth, whatever was seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000_000 }), before, look, (seconds, first, second) => {
        const now = minutesAfter(seconds / 60);
        const next = nextCheckOf(born, now, first, second);

        expect(next === undefined || Date.parse(next) > now.getTime()).toBe(true);
        expect(next === undefined || Date.parse(next) <= minutesAfter(1440).getTime()).toBe(true);
      }),
    );
  });

  test('four times at most, however late the messages come and whatever is seen', () => {
    const lateness = fc.array(fc.integer({ min: 0, max: 7200 }), { minLength: 6, maxLength: 6 });

    fc.assert(
      fc.property(lateness, fc.array(look, { minLength: 6, maxLength: 6 }), (lates, looks) => {
        let now = minutesAfter((lates[0] ?? 0) / 60);
        let checks = 0;
        for (let turn = 0; turn < 6; turn += 1) {
          const next = nextCheckOf(born, now, looks[turn - 1], looks[turn] ?? fine);
          if (next === undefined) break;
          checks += 1;
          now = new Date(Date.parse(next) + (lates[turn] ?? 0) * 1000);
        }

        expect(checks).toBeLessThanOrEqual(4);
      }),
    );
  });
});

test.each([
  [0, true],
  [1439.9, true],
  [1440, false],
])('a VM is newborn at %f minutes: %s', (minutes, isNew) => {
  expect(isNewborn(born, minutesAfter(minutes))).toBe(isNew);
});

describe('a VM was born', () => {
  const now = minutesAfter(5);
  const seen = minutesAfter(4).toISOString();

  test.each<[what: string, timeCreated: string | undefined, firstSeenAt: string | undefined, at: string | undefined]>([
    ['when Azure says so', '2026-11-20T06:00:00.0000000+00:00', seen, born],
    ['now, if Azure says that it will be', '2026-11-20T07:00:00Z', undefined, now.toISOString()],
    ['when it was first seen, if Azure does not say', undefined, seen, seen],
    ['when it was first seen, if Azure says nonsense', 'long ago', seen, seen],
    ['nobody knows when', undefined, undefined, undefined],
  ])('%s', (_, timeCreated, firstSeenAt, at) => {
    expect(bornAt(timeCreated, firstSeenAt, now)).toBe(at);
  });
});
