import { expect, it } from 'vitest';

import { tagExemption } from '../../lib/domain/exemption.ts';
import { settings } from '../rules/healthy-vm.ts';

const tag = 'backstop-exclude=true';

it.each([
  ['2026-02-28', '2026-02-28T23:59:59.999Z', { kind: 'valid', tag, until: '2026-02-28' }],
  ['2026-02-28', '2026-03-01T00:00:00.000Z', { kind: 'expired', tag, until: '2026-02-28' }],
  ['2028-02-29', '2028-02-29T12:00:00.000Z', { kind: 'valid', tag, until: '2028-02-29' }],
  ['2027-02-29', '2027-01-01T00:00:00.000Z', { kind: 'unreadable', tag, until: '2027-02-29' }],
  ['+020270-01-01', '2027-01-01T00:00:00.000Z', { kind: 'unreadable', tag, until: '+020270-01-01' }],
  ['', '2027-01-01T00:00:00.000Z', { kind: 'valid', tag, until: 'no end date' }],
])('an exemption until "%s" is judged at %s by the end of that day in UTC (ruling 20)', (until, at, expected) => {
  const tags = { 'backstop-exclude': 'true', 'backstop-exclude-until': until };

  expect(tagExemption(tags, settings, new Date(at))).toEqual(expected);
});
