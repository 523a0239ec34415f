import { expect, it } from 'vitest';

import { isTooNew } from '../../lib/domain/vm-age.ts';
import { hoursAgo, now } from '../rules/healthy-vm.ts';

it.each<[string, string | undefined, boolean]>([
  ['a VM of this very moment', hoursAgo(0), true],
  ['a millisecond less than 30 minutes', new Date(now.getTime() - 1_799_999).toISOString(), true],
  ['exactly 30 minutes', hoursAgo(0.5), false],
  ['a VM of yesterday', hoursAgo(24), false],
  ['a clock that is ahead of ours', hoursAgo(-1), true],
  ['a time that is none', 'yesterday', false],
  ['no time', undefined, false],
])('%s', (_what, timeCreated, expected) => {
  expect(isTooNew(timeCreated === undefined ? {} : { timeCreated }, now)).toBe(expected);
});
