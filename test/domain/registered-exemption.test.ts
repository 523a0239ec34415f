import { describe, expect, test } from 'vitest';

import { exemptionState, registerSays } from '../../lib/domain/registered-exemption.ts';
import { registered } from '../rules/healthy-vm.ts';

const now = new Date('2026-11-20T06:00:00.000Z');
const days = (count: number) => new Date(now.getTime() + count * 86_400_000).toISOString();

describe('an exemption is', () => {
  test.each([
    ['valid', days(14.01)],
    ['expiring', days(14)],
    ['expiring', days(0.001)],
    ['expired', days(0)],
    ['expired', days(-1)],
  ])('%s until %s', (state, until) => {
    expect(exemptionState({ until }, now, 14)).toBe(state);
  });

  test('ended when somebody ended it, whatever its time', () => {
    expect(exemptionState({ until: days(30), endedAt: days(-1) }, now, 14)).toBe('ended');
  });
});

describe('of several exemptions of a VM', () => {
  test('the one that holds longest counts', () => {
    const [short, long] = [registered({ until: days(1) }), registered({ until: days(2) })];

    expect(registerSays([short, long], now)).toEqual({ kind: 'valid', exemption: long });
  });

  test('one that was ended never counts', () => {
    const ended = registered({ until: days(9), endedAt: days(-1) });
    const expired = registered({ until: days(-2) });

    expect(registerSays([ended, expired], now)).toEqual({ kind: 'expired', exemption: expired });
    expect(registerSays([ended], now)).toEqual({ kind: 'none' });
  });
});
