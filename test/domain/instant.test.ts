import { describe, expect, it } from 'vitest';

import { spanText, utcInstant } from '../../lib/domain/instant.ts';

describe('utcInstant', () => {
  it.each([
    ['2026-11-20T06:00:00Z', '2026-11-20T06:00:00.000Z'],
    ['2026-11-20T07:00:00+01:00', '2026-11-20T06:00:00.000Z'],
    ['2026-11-20T06:00:00', '2026-11-20T06:00:00.000Z'],
    ['2026-11-20T06:00:00.1234567', '2026-11-20T06:00:00.123Z'],
    [' 2026-11-20 06:00:00 ', '2026-11-20T06:00:00.000Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
  ])('reads %s wherever it runs', (text, instant) => {
    expect(utcInstant(text)).toBe(instant);
  });

  it.each(['', 'yesterday', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00', '2026-13-01T00:00:00Z'])(
    'takes %s for no instant',
    (text) => {
      expect(utcInstant(text)).toBeUndefined();
    },
  );
});

describe('spanText', () => {
  it.each([
    [0, '0 minutes'],
    [60_000, '1 minute'],
    [3_599_999, '59 minutes'],
    [3_600_000, '1 hour'],
    [86_399_999, '23 hours'],
    [86_400_000, '1 day'],
    [4 * 86_400_000 + 1, '4 days'],
    [-5, '0 minutes'],
  ])('rounds %i milliseconds down to %s', (milliseconds, text) => {
    expect(spanText(milliseconds)).toBe(text);
  });
});
