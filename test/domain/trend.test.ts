import { describe, expect, it } from 'vitest';

import { daysUntil } from '../../lib/domain/day.ts';
import { noTimeToProtect, timeToProtectOf } from '../../lib/domain/time-to-protect.ts';
import { type TrendOfPart, trendOf } from '../../lib/domain/trend.ts';

const days = daysUntil('2026-11-02', 4);

/** How many VMs are protected at the end of each day. */
function protectedOn(...parts: readonly TrendOfPart[]): readonly (number | null)[] {
  return trendOf(parts, days).map(({ verdicts }) => verdicts && (verdicts.protected ?? 0));
}

const october = {
  month: '2026-10',
  start: { protected: 1 },
  days: { '2026-10-31': { verdicts: { protected: 3 } }, '2026-10-05': { verdicts: { protected: 2 } } },
};
const november = { month: '2026-11', start: { protected: 3 }, days: { '2026-11-02': { verdicts: { protected: 4 } } } };

describe('the trend of a part', () => {
  it('goes on from the day before where nothing changed', () => {
    expect(protectedOn({ months: [october, november], latest: { protected: 9 } })).toEqual([2, 3, 3, 4]);
  });

  it('is what it was before its first change', () => {
    expect(protectedOn({ months: [november], latest: { protected: 4 } })).toEqual([3, 3, 3, 4]);
  });

  it('is unknown before anything was counted', () => {
    expect(protectedOn({ months: [{ ...november, start: null }], latest: { protected: 4 } })).toEqual([
      null,
      null,
      null,
      4,
    ]);
  });

  it('is what it is now where nothing changed since', () => {
    expect(protectedOn({ months: [], latest: { protected: 9 } })).toEqual([9, 9, 9, 9]);
  });

  it('tells times to protect of their own day only', () => {
    const timeToProtect = timeToProtectOf(30);
    const days31 = { '2026-10-31': { verdicts: {}, timeToProtect }, '2026-10-01': { verdicts: {}, timeToProtect } };
    const part = { months: [{ ...october, days: days31 }], latest: {} };

    const times = trendOf([part, part], days).map((each) => each.timeToProtect.count);

    expect(times).toEqual([0, 2, 0, 0]);
  });
});

describe('the trend of several parts', () => {
  it('is their sum, as far as they had been counted', () => {
    const late: TrendOfPart = { months: [{ ...november, start: null }], latest: { protected: 4 } };

    expect(protectedOn({ months: [october], latest: {} }, late)).toEqual([2, 3, 3, 7]);
  });

  it('of none is unknown', () => {
    expect(trendOf([], ['2026-11-02'])).toEqual([
      { day: '2026-11-02', verdicts: null, timeToProtect: noTimeToProtect },
    ]);
  });
});
