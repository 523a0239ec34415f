import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { bulkReadReaches } from '../../lib/domain/evidence-reach.ts';
import { bulkTimeOf, wayOf } from '../../lib/domain/storm.ts';

describe('a VM that changed is judged', () => {
  test.each([
    ['singly', 'written', true, false],
    ['in-bulk', 'written', true, true],
    ['in-bulk', 'written', false, false],
    ['in-bulk', 'written', false, true],
    ['singly', 'deleted', true, false],
    ['singly', 'deleted', true, true],
    ['later', 'deleted', false, false],
    ['later', 'deleted', false, true],
  ] as const)('%s when it was %s, with room in the budget: %s, behind: %s', (way, change, hasBudget, isBehind) => {
    expect(wayOf({ change, hasBudget, isBehind })).toBe(way);
  });
});

describe('a bulk judgement', () => {
  test.each([
    ['of a change just now starts when Resource Graph shows it', '06:00:10', '06:00:30', '06:06:00'],
    ['of a change long ago starts at the next window', '05:00:00', '06:00:30', '06:02:00'],
    ['never starts at once, as others may still join it', '05:00:00', '06:02:00', '06:04:00'],
    ['of changes of one minute is the same one', '06:00:59', '06:00:59', '06:06:00'],
  ])('%s', (_, changedAt, now, at) => {
    const day = (time: string) => `2026-11-20T${time}.000Z`;

    expect(bulkTimeOf(day(changedAt), new Date(day(now)))).toBe(day(at));
  });

  test('comes after now, soon enough, and shows the change', () => {
    const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });

    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 86_400_000 }), (now, ageMs) => {
        const changedAt = now.getTime() - ageMs;
        const at = Date.parse(bulkTimeOf(new Date(changedAt).toISOString(), now));

        expect(at).toBeGreaterThan(now.getTime());
        expect(at - now.getTime()).toBeLessThanOrEqual(7 * 60_000);
        expect(bulkReadReaches(at)).toBeGreaterThanOrEqual(changedAt);
      }),
    );
  });
});
