import { describe, expect, it } from 'vitest';

import { armId } from '../../lib/domain/ids.ts';
import { contains, isWithin } from '../../lib/domain/policy-scope.ts';
import { groupId, managementGroup, subscriptionScope, vmGroup, vmKey } from './policy-sample.ts';

describe('contains', () => {
  it.each([
    ['a management group', managementGroup, true],
    ['its subscription', subscriptionScope, true],
    ['its resource group', vmGroup, true],
    ['the VM itself', vmKey, true],
    ['another resource group', groupId('rg'), false],
    ['a VM whose name begins alike', armId(`${vmKey}0`), false],
    ['something below the VM', armId(`${vmKey}/extensions/x`), false],
  ])('%s', (_what, scope, expected) => {
    expect(contains(scope, vmKey)).toBe(expected);
  });
});

describe('isWithin', () => {
  it('takes no management group: what it holds is not told by an id', () => {
    expect(isWithin(vmKey, managementGroup)).toBe(false);
  });
});
