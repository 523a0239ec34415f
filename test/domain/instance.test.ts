import { expect, test } from 'vitest';

import { isCreatedAgain } from '../../lib/domain/instance.ts';

test.each([
  ['the same id', 'a1', 'a1', false],
  ['the same id in another case', 'a1', 'A1', false],
  ['another id', 'a1', 'b2', true],
  ['an id that was not known before', '', 'b2', false],
  ['an id that is not known now', 'a1', '', false],
])('%s tells whether a VM was created again', (_, former, present, isAgain) => {
  expect(isCreatedAgain({ instanceId: former }, { instanceId: present })).toBe(isAgain);
});

test('a VM that nobody knew was not created again', () => {
  expect(isCreatedAgain(undefined, { instanceId: 'a1' })).toBe(false);
});
