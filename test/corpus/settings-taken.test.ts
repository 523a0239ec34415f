import { describe, expect, it } from 'vitest';

import { lostSettings } from './settings-taken.ts';

describe('settings of an estate', () => {
  it('reach the judgement as numbers, switches, texts, lists and objects', () => {
    const settings = {
      rpoHours: 26.5,
      allowCrossSubscriptionVaults: true,
      exclusionTagName: '',
      exclusionTagValues: [],
      expectedVaults: ['/subscriptions/s/providers/Microsoft.RecoveryServices/vaults/A', '/b'],
      environments: { nonprod: { rpoHours: 192 } },
    };

    expect(lostSettings({ settings })).toEqual([]);
  });

  it.each([
    ['nobody knows', { rpoMinutes: 5 }, 'settings.rpoMinutes: Backstop has no such setting.'],
    ['every object has', { constructor: 5 }, 'settings.constructor: Backstop has no such setting.'],
    ['is refused', { rpoHours: -1 }, 'settings.rpoHours: Backstop refuses it: expected more than 0 hours.'],
    [
      'changes on its way',
      { exclusionTagValues: ['yes, always'] },
      'settings.exclusionTagValues: ["yes, always"] reaches Backstop as ["yes","always"].',
    ],
  ])('are named where one %s', (_, settings, line) => {
    expect(lostSettings({ settings })).toEqual([line]);
  });
});
