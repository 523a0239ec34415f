import { expect, it } from 'vitest';

import { enhancedOrNot } from '../../lib/domain/enhanced-policy.ts';
import type { PolicyInQuestion } from '../../lib/domain/intended-policy.ts';
import { daily, gap, vault } from '../rules/healthy-vm.ts';

const standard = { ...daily, subtype: 'Standard' } as const;
const { subtype: _subtype, ...neither } = daily;

it.each<[string, PolicyInQuestion, ReturnType<typeof enhancedOrNot>]>([
  ['an Enhanced policy', { kind: 'assigned', policy: daily }, { kind: 'enhanced', policy: daily }],
  [
    'a Standard policy that the VM would get',
    { kind: 'intended', policy: standard, vault: vault('rsv-weu') },
    { kind: 'standard', policy: standard },
  ],
  [
    'a policy that is not understood',
    { kind: 'assigned', policy: neither },
    {
      kind: 'unknown',
      because: { cause: 'not-reported', detail: 'Whether policy EnhancedPolicy is Enhanced could not be read.' },
    },
  ],
  ['no policy', { kind: 'none' }, { kind: 'none' }],
  ['a policy that could not be read', { kind: 'unknown', because: gap }, { kind: 'unknown', because: gap }],
])('%s', (_what, question, expected) => {
  expect(enhancedOrNot(question)).toEqual(expected);
});
