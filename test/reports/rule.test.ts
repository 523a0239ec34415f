import { expect, it } from 'vitest';

import { describeRule } from '../../lib/reports/rule.ts';
import { diskCount } from '../../lib/rules/disk-count.ts';
import { healthRpo } from '../../lib/rules/health-rpo.ts';
import { classicVmPresent } from '../../lib/rules/resources/classic-vm-present.ts';
import { mabsDomain } from '../../lib/rules/servers/mabs-domain.ts';

it('tells a rule as data: what it needs by name, and no code', () => {
  const { needs, check: _check, ...told } = diskCount;

  expect(describeRule(diskCount)).toEqual({ ...told, judges: 'vms', needs: Object.keys(needs), evidenceFor: [] });
});

it('tells for which controls a failure is evidence', () => {
  expect(describeRule(healthRpo).evidenceFor).toContainEqual(
    expect.objectContaining({ framework: 'ISO/IEC 27001', control: 'A.8.13' }),
  );
});

it('tells a rule about other resources in the same form', () => {
  expect(describeRule(classicVmPresent)).toMatchObject({ judges: 'other resources', needs: ['classicVms'] });
});

it('tells a rule about backup servers with its question for the owner', () => {
  expect(describeRule(mabsDomain)).toMatchObject({
    judges: 'backup servers',
    needs: ['engine', 'host'],
    checklist: expect.stringContaining('domain'),
  });
});
