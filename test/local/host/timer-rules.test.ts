import { describe, expect, it } from 'vitest';

import type { RetryOptions } from '../../../local/host/app/contract.ts';
import { retryDelay } from '../../../local/host/timer/retry.ts';
import { parseSchedule } from '../../../local/host/timer/schedule.ts';
import { firstStatus, never, resumeStatus } from '../../../local/host/timer/schedule-status.ts';

const at = (text: string) => new Date(`${text}Z`);

describe('a schedule', () => {
  it.each([
    ['0 */5 * * * *', '2026-11-20T10:02:03', '2026-11-20T10:05:00'],
    ['0 0 2 * * *', '2026-11-20T02:00:00', '2026-11-21T02:00:00'],
    ['30 15 4 1-7 * MON', '2026-11-20T00:00:00', '2026-12-07T04:15:30'],
    ['0 0 12 * * 0,6', '2026-11-20T00:00:00', '2026-11-21T12:00:00'],
    ['0 0 2 29 FEB *', '2026-11-20T00:00:00', '2028-02-29T02:00:00'],
  ])('%s after %s is due at %s UTC', (expression, after, due) => {
    expect(parseSchedule(expression, 'f').next(at(after))).toEqual(at(due));
  });

  it.each([
    ['*/5 * * * *', 'has 5 fields'],
    ['00:05:00', 'a time span'],
    ['0 0 2 L * *', 'is not valid|more than NCRONTAB knows'],
    ['0 0 2 * * 7', 'more than NCRONTAB knows'],
    ['0 0 2 ? * *', 'more than NCRONTAB knows'],
    ['0 99 2 * * *', 'is not valid'],
    ['0 0 2 31 FEB *', 'never occurs'],
  ])('%s is refused: %s', (expression, why) => {
    expect(() => parseSchedule(expression, 'f')).toThrow(new RegExp(`Function 'f'.*(${why})`));
  });

  it.each([
    ['*/30 * * * * *', false],
    ['0 * * * * *', true],
  ])('%s keeps a status by default: %s', (expression, isSlow) => {
    expect(parseSchedule(expression, 'f').isSlow).toBe(isSlow);
  });
});

describe('the status of a timer at start', () => {
  const hourly = parseSchedule('0 0 * * * *', 'f');
  const now = at('2026-11-20T10:30:00');
  const ranAtNine = {
    last: at('2026-11-20T09:00:00'),
    next: at('2026-11-20T10:00:00'),
    lastUpdated: at('2026-11-20T09:00:00'),
  };
  const ranAtTen = {
    last: at('2026-11-20T10:00:00'),
    next: at('2026-11-20T11:00:00'),
    lastUpdated: at('2026-11-20T10:00:00'),
  };

  it('begins in the year 1', () => {
    const status = { last: never, next: at('2026-11-20T11:00:00'), lastUpdated: now };

    expect(resumeStatus(undefined, hourly, now)).toEqual({ status, isPastDue: false });
    expect(resumeStatus(status, hourly, now)).toEqual({ status, isPastDue: false });
  });

  it('is past due when the next run has gone by', () => {
    expect(resumeStatus(ranAtNine, hourly, now)).toEqual({ status: ranAtNine, isPastDue: true });
    expect(resumeStatus(firstStatus(hourly, at('2026-11-19T00:00:00')), hourly, now).isPastDue).toBe(true);
  });

  it('goes on when nothing was missed', () => {
    expect(resumeStatus(ranAtTen, hourly, now)).toEqual({ status: ranAtTen, isPastDue: false });
  });

  it('follows a changed schedule', () => {
    const daily = parseSchedule('0 0 2 * * *', 'f');

    expect(resumeStatus(ranAtTen, daily, now)).toEqual({
      status: { ...ranAtTen, next: at('2026-11-21T02:00:00'), lastUpdated: now },
      isPastDue: false,
    });
  });
});

describe('the delay before a retry', () => {
  const fixed: RetryOptions = { maxRetryCount: 3, retryStrategy: 'fixedDelay', delayInterval: { seconds: 4 } };
  const growing: RetryOptions = {
    maxRetryCount: -1,
    retryStrategy: 'exponentialBackoff',
    minimumInterval: { seconds: 2 },
    maximumInterval: { seconds: 10 },
  };

  it.each([
    ['fixed', fixed, [4000, 4000, 4000, 4000]],
    ['exponential', growing, [2000, 4000, 8000, 10_000]],
  ])('is as the %s policy says', (_, options, delays) => {
    expect([1, 2, 3, 4].map((retry) => retryDelay(options, retry))).toEqual(delays);
  });
});
