import fc from 'fast-check';
import { expect, test } from 'vitest';

import { evaluate } from '../../lib/domain/evaluation.ts';
import { exemptionOfVm } from '../../lib/domain/exemption-of-vm.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import { fact, healthyVm, hoursAgo, machine, now, registered, settings } from '../rules/healthy-vm.ts';
import { assignment, azurePolicy, backupAudit, exemption } from './policy-sample.ts';

const audit = assignment(backupAudit);
const tags = fc.constantFrom(
  {},
  { 'backstop-exclude': 'true' },
  { 'backstop-exclude': 'true', 'backstop-exclude-until': '2026-11-20' },
  { 'backstop-exclude': 'true', 'backstop-exclude-until': '2026-11-19' },
  { 'backstop-exclude': 'true', 'backstop-exclude-until': 'soon' },
);
const ends = fc.constantFrom(undefined, hoursAgo(-1), hoursAgo(0), 'soon');
const policies = fc.option(ends, { nil: 'none' as const }).map((expiresOn) => {
  const exemptions = expiresOn === 'none' ? [] : [exemption(audit, expiresOn === undefined ? {} : { expiresOn })];
  return azurePolicy([audit], exemptions);
});
const register = fc.constantFrom([], [registered()], [registered({ until: hoursAgo(0) })]);

test('a VM is exempt exactly where something exempts it, and its row names what the rule names', () => {
  fc.assert(
    fc.property(tags, policies, register, (tagValues, policy, exemptions) => {
      const sheet = healthyVm({ tags: fact(tagValues), azurePolicy: fact(policy), exemptions: fact(exemptions) });
      const { verdict, findings } = evaluate(machine(), sheet, catalogue, { settings, now });

      const found = exemptionOfVm(sheet, settings, now);

      expect(found !== undefined).toBe(verdict === 'exempt');
      const said = findings.find(({ rule }) => rule === 'gov-exclusion-tag')?.message ?? '';
      expect(said).toContain(found?.name ?? '');
    }),
  );
});

test('the end is an instant also where it was written as a day', () => {
  const sheet = healthyVm({ tags: fact({ 'backstop-exclude': 'true', 'backstop-exclude-until': '2026-12-31' }) });

  expect(exemptionOfVm(sheet, settings, now)).toEqual({
    origin: 'tag',
    name: 'backstop-exclude=true',
    until: '2026-12-31',
    endsAt: '2027-01-01T00:00:00.000Z',
  });
});
