import { expect, it } from 'vitest';

import { tagValue } from '../../lib/domain/machine.ts';

it.each([
  ['Owner', 'team-pay'],
  ['OWNER', 'team-pay'],
  ['own', undefined],
  ['group', undefined],
  ['toString', undefined],
])('reads the tag %s without regard to case', (name, value) => {
  expect(tagValue({ owner: 'team-pay' }, name)).toBe(value);
});
