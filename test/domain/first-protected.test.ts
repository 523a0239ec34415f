import { describe, expect, it } from 'vitest';

import { firstProtectedOf } from '../../lib/domain/first-protected.ts';
import type { Verdict } from '../../lib/domain/verdict.ts';

const at = '2026-11-20T06:00:00.000Z';
const createdAt = '2026-11-20T04:29:30Z';
const seen = (verdict: Verdict) => ({ verdict, at, createdAt });

describe('the first time at which a VM is seen backed up', () => {
  it.each<[Verdict, Verdict]>([
    ['protectable', 'protected'],
    ['protectable', 'pending'],
    ['blocked', 'protected'],
  ])('from %s to %s tells how long it took since its creation', (before, verdict) => {
    expect(firstProtectedOf(seen(verdict), { verdict: before })).toEqual({ at, minutes: 90 });
  });

  it.each<Verdict>(['undetermined', 'exempt', 'excluded', 'at-risk', 'protected'])(
    'after %s tells no time: it may have been backed up for long',
    (before) => {
      expect(firstProtectedOf(seen('protected'), { verdict: before })).toEqual({ at });
    },
  );

  it('after it could not be judged for a while tells the time, if it was without protection at first', () => {
    const before = { verdict: 'undetermined', firstSeen: { verdict: 'protectable' } } as const;

    expect(firstProtectedOf(seen('protected'), before)).toEqual({ at, minutes: 90 });
  });

  it('at first sight tells no time', () => {
    expect(firstProtectedOf(seen('protected'), undefined)).toEqual({ at });
  });

  it.each([undefined, 'nonsense', '2026-11-20T06:01:00Z'])('tells no time when it was created at %s', (created) => {
    expect(firstProtectedOf({ ...seen('protected'), createdAt: created }, { verdict: 'blocked' })).toEqual({ at });
  });

  it('is kept whatever becomes of the VM', () => {
    const firstProtected = { at: '2026-11-01T00:00:00.000Z', minutes: 7 };

    for (const verdict of ['protected', 'at-risk', 'protectable'] as const) {
      expect(firstProtectedOf(seen(verdict), { verdict: 'protectable', firstProtected })).toBe(firstProtected);
    }
  });

  it('does not come before the VM is backed up', () => {
    expect(firstProtectedOf(seen('at-risk'), { verdict: 'protectable' })).toBeUndefined();
    expect(firstProtectedOf(seen('protectable'), undefined)).toBeUndefined();
  });
});
