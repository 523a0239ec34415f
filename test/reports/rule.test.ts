import { expect, it } from 'vitest';

import { describeRule } from '../../lib/reports/rule.ts';
import { diskCount } from '../../lib/rules/disk-count.ts';

it('tells a rule as data: what it needs by name, and no code', () => {
  const { needs, check: _check, ...told } = diskCount;

  expect(describeRule(diskCount)).toEqual({ ...told, needs: Object.keys(needs) });
});
