import { expect, it } from 'vitest';

import { factDeclarations, unreadableSheet } from '../../lib/domain/fact-declarations.ts';
import { gap, healthyVm } from '../rules/healthy-vm.ts';

it('of a VM that could not be read every fact is unknown, and for what cause', () => {
  const sheet = unreadableSheet(gap);

  expect(Object.keys(sheet).toSorted()).toEqual(Object.keys(healthyVm()).toSorted());
  expect(Object.keys(sheet)).toEqual(Object.keys(factDeclarations));
  for (const fact of Object.values(sheet)) {
    expect(fact).toEqual({ kind: 'unknown', because: gap });
  }
});
