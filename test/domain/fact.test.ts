import { expect, it } from 'vitest';

import { known, unknown } from '../../lib/domain/fact.ts';

it('a value keeps where and when it was read', () => {
  const source = { where: 'Resource Graph', readAt: '2026-11-20T06:00:00.000Z' };

  expect(known('running', source)).toEqual({ kind: 'known', value: 'running', source });
});

it('what could not be read keeps its cause, and the action to grant where one is missing', () => {
  expect(unknown('throttled', 'Too many requests.')).toEqual({
    kind: 'unknown',
    because: { cause: 'throttled', detail: 'Too many requests.' },
  });
  expect(unknown('no-permission', 'Refused.', 'Microsoft.Compute/disks/read')).toEqual({
    kind: 'unknown',
    because: { cause: 'no-permission', detail: 'Refused.', action: 'Microsoft.Compute/disks/read' },
  });
});
