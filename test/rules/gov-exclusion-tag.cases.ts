import { expect } from 'vitest';

import type { PolicyExemption } from '../../lib/domain/azure-policy.ts';
import { armId } from '../../lib/domain/ids.ts';
import type { Tags } from '../../lib/domain/machine.ts';
import type { RegisteredExemption } from '../../lib/domain/registered-exemption.ts';
import type { govExclusionTag } from '../../lib/rules/gov-exclusion-tag.ts';
import { allowedLocations, assignment, azurePolicy, backupAudit, exemption } from '../domain/policy-sample.ts';
import type { Cases, Differing } from './case.ts';
import { fact, hoursAgo, registered, unread } from './healthy-vm.ts';
import { hostileName } from './hostile-name.ts';

function tags(values: Tags): Differing {
  return { tags: fact(values) };
}

const audit = assignment(backupAudit);
const locations = assignment(allowedLocations, { name: 'locations' });

function azureSays(...exemptions: readonly PolicyExemption[]): Differing {
  return { azurePolicy: fact(azurePolicy([audit, locations], exemptions)) };
}

/** An exemption from backup, also where the house test gives its assignment another id. */
function exempting(change: Partial<PolicyExemption> = {}): Differing {
  return azureSays(exemption(audit, change), exemption(audit, { ...change, assignmentId: armId(hostileName) }));
}

function inRegister(change: Partial<RegisteredExemption> = {}): Differing {
  return { exemptions: fact([registered(change)]) };
}

const until = tags({ 'backstop-exclude': 'true', 'backstop-exclude-until': '2026-12-31' });
const notExempt = { outcome: 'pass', reason: 'NotExempt', verdict: 'undetermined' } as const;
const unreadable = { outcome: 'fail', reason: 'UnreadableEndDate', severity: 'info', verdict: 'undetermined' } as const;

function ending(day: string): Differing {
  return tags({ 'backstop-exclude': 'true', 'backstop-exclude-until': day });
}

export const cases: Cases<typeof govExclusionTag> = [
  [
    'no tag',
    tags({}),
    { ...notExempt, message: 'The VM has no exclusion tag, and no exemption in the register or in Azure Policy.' },
  ],
  ['the tag with another value', tags({ 'backstop-exclude': 'false' }), notExempt],
  ['an end date alone', tags({ 'backstop-exclude-until': '2026-12-31' }), notExempt],
  [
    'the tag with an end date to come',
    until,
    {
      outcome: 'pass',
      reason: 'ExemptUntil',
      verdict: 'exempt',
      message: 'Exempt by tag backstop-exclude=true until 2026-12-31.',
    },
  ],
  [
    'tag names and value in any case',
    tags({ 'Backstop-EXCLUDE': 'TRUE', 'BACKSTOP-exclude-Until': '2026-12-31' }),
    { outcome: 'pass', reason: 'ExemptUntil', verdict: 'exempt' },
  ],
  [
    'the last millisecond of the last day (ruling 20)',
    { ...until, now: new Date('2026-12-31T23:59:59.999Z') },
    { outcome: 'pass', reason: 'ExemptUntil', verdict: 'exempt' },
  ],
  [
    'the first millisecond after the last day (ruling 20)',
    { ...until, now: new Date('2027-01-01T00:00:00.000Z') },
    {
      outcome: 'fail',
      reason: 'Expired',
      severity: 'info',
      verdict: 'undetermined',
      message: 'The exemption by tag backstop-exclude=true ended on 2026-12-31; the VM is judged like any other.',
      fix: {
        commands: [
          'az tag update --resource-id /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-pay-01 --operation Delete --tags backstop-exclude=true',
        ],
      },
    },
  ],
  [
    'no end date (ruling 20)',
    tags({ 'backstop-exclude': 'true' }),
    {
      outcome: 'fail',
      reason: 'NoEndDate',
      severity: 'info',
      verdict: 'exempt',
      message: 'Exempt by tag backstop-exclude=true, which has no end date.',
      fix: {
        commands: [
          'az tag update --resource-id /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-pay-01 --operation Merge --tags backstop-exclude-until=2027-02-18',
        ],
      },
    },
  ],
  ['an end date of blanks', ending('  '), { outcome: 'fail', reason: 'NoEndDate', verdict: 'exempt' }],
  ['blanks around the end date', ending(' 2026-12-31 '), { outcome: 'pass', reason: 'ExemptUntil', verdict: 'exempt' }],
  [
    'an end date that is none',
    ending('next summer'),
    {
      ...unreadable,
      message:
        'The exemption by tag backstop-exclude=true ends on next summer, which is not a day (YYYY-MM-DD); the VM is judged like any other.',
    },
  ],
  ['an end date in the order of another country', ending('31.12.2026'), unreadable],
  ['a month that does not exist', ending('2026-13-01'), unreadable],
  ['a day that its month does not have', ending('2027-02-30'), unreadable],
  ['an end date with a time', ending('2026-12-31T12:00:00Z'), unreadable],
  ['the words that stand for no end date', ending('no end date'), unreadable],
  ['no tag name in the settings: nobody is exempt', { ...until, settings: { exclusionTagName: '' } }, notExempt],
  ['no tag value in the settings: nobody is exempt', { ...until, settings: { exclusionTagValues: [] } }, notExempt],
  [
    'names and values of the organisation',
    {
      tags: fact({ NoBackup: 'dev', NoBackupUntil: '2026-11-20' }),
      settings: {
        exclusionTagName: 'nobackup',
        exclusionTagValues: ['test', 'DEV'],
        exclusionUntilTagName: 'nobackupuntil',
      },
    },
    { outcome: 'pass', reason: 'ExemptUntil', message: 'Exempt by tag nobackup=dev until 2026-11-20.' },
  ],
  [
    'an exemption of the register',
    inRegister(),
    {
      outcome: 'pass',
      reason: 'ExemptByRegisterUntil',
      verdict: 'exempt',
      message:
        'Exempt by exemption 11111111-1111-1111-1111-111111111111-5f3a9c01 of the register until 2026-12-20T06:00:00.000Z (team-pay: Rebuilt from code every night.).',
    },
  ],
  [
    'an exemption of the register that ends at this very instant',
    inRegister({ until: hoursAgo(0) }),
    {
      outcome: 'fail',
      reason: 'RegisterExpired',
      severity: 'info',
      verdict: 'undetermined',
      message:
        'Exemption 11111111-1111-1111-1111-111111111111-5f3a9c01 of the register ended at 2026-11-20T06:00:00.000Z; the VM is judged like any other.',
      fix: { commands: [] },
    },
  ],
  ['an exemption of the register that somebody ended', inRegister({ endedAt: hoursAgo(1) }), notExempt],
  [
    'several exemptions of the register: the one that holds longest counts',
    { exemptions: fact([registered({ until: hoursAgo(1) }), registered({ exemptionId: 'longer' })]) },
    { outcome: 'pass', reason: 'ExemptByRegisterUntil', message: expect.stringContaining('exemption longer of') },
  ],
  [
    'an exemption of the register and a tag, both valid: the register is named',
    { ...until, ...inRegister() },
    { outcome: 'pass', reason: 'ExemptByRegisterUntil', verdict: 'exempt' },
  ],
  [
    'an exemption of the register that has ended, and a valid tag',
    { ...until, ...inRegister({ until: hoursAgo(1) }) },
    { outcome: 'pass', reason: 'ExemptUntil', verdict: 'exempt' },
  ],
  [
    'a register that may not be read: nobody is exempt',
    { exemptions: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'a register that may not be read, and a valid tag',
    { ...until, exemptions: unread },
    { outcome: 'pass', reason: 'ExemptUntil', verdict: 'exempt' },
  ],
  [
    'an exemption of Azure Policy with an end to come',
    exempting({ expiresOn: '2026-12-31T12:00:00Z' }),
    {
      outcome: 'pass',
      reason: 'ExemptByPolicyUntil',
      verdict: 'exempt',
      message: 'Exempt by exemption stateless (Waiver) of Azure Policy until 2026-12-31T12:00:00Z.',
    },
  ],
  [
    'an exemption of Azure Policy without an end (ruling 20)',
    exempting({ category: 'Mitigated' }),
    {
      outcome: 'fail',
      reason: 'NoPolicyEndDate',
      severity: 'info',
      verdict: 'exempt',
      message: 'Exempt by exemption stateless (Mitigated) of Azure Policy, which has no end date.',
      fix: {
        text: 'Give the exemption an end.',
        commands: [
          'az policy exemption update --subscription 11111111-1111-1111-1111-111111111111 --scope /subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-pay/providers/microsoft.compute/virtualmachines/vm-pay-01 -n stateless --expires-on 2027-02-18T00:00:00Z',
        ],
      },
    },
  ],
  [
    'an exemption of Azure Policy that ends at this very instant (ruling 20)',
    exempting({ expiresOn: hoursAgo(0) }),
    {
      outcome: 'fail',
      reason: 'PolicyExpired',
      severity: 'info',
      verdict: 'undetermined',
      message:
        'Exemption stateless (Waiver) of Azure Policy ended at 2026-11-20T06:00:00.000Z; the VM is judged like any other.',
      fix: {
        commands: [
          'az policy exemption delete --subscription 11111111-1111-1111-1111-111111111111 --scope /subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-pay/providers/microsoft.compute/virtualmachines/vm-pay-01 -n stateless',
        ],
      },
    },
  ],
  [
    'an exemption of Azure Policy whose end is none',
    exempting({ expiresOn: 'next summer' }),
    {
      outcome: 'fail',
      reason: 'UnreadablePolicyEndDate',
      severity: 'info',
      verdict: 'undetermined',
      message:
        'Exemption stateless (Waiver) of Azure Policy ends at next summer, which is no instant; the VM is judged like any other.',
      fix: {
        commands: [
          'az policy exemption update --subscription 11111111-1111-1111-1111-111111111111 --scope /subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-pay/providers/microsoft.compute/virtualmachines/vm-pay-01 -n stateless --expires-on 2027-02-18T00:00:00Z',
        ],
      },
    },
  ],
  ['an exemption of Azure Policy from something else', azureSays(exemption(locations)), notExempt],
  [
    'an exemption of Azure Policy from an assignment that was not seen: nobody is exempt',
    { azurePolicy: fact(azurePolicy([], [exemption(audit)])) },
    {
      outcome: 'unknown',
      cause: 'partial-inventory',
      message:
        'Exemption stateless (Waiver) of Azure Policy is from an assignment that was not seen; whether it is about backup cannot be told.',
    },
  ],
  [
    'a tag and an exemption of Azure Policy, both valid: the tag is named',
    { ...until, ...exempting() },
    { outcome: 'pass', reason: 'ExemptUntil', verdict: 'exempt' },
  ],
  [
    'a tag that has ended and an exemption of Azure Policy that has not',
    { ...ending('2026-11-19'), ...exempting({ expiresOn: hoursAgo(-1) }) },
    { outcome: 'pass', reason: 'ExemptByPolicyUntil', verdict: 'exempt' },
  ],
  [
    'a tag and an exemption of Azure Policy that have both ended: the tag is named',
    { ...ending('2026-11-19'), ...exempting({ expiresOn: hoursAgo(1) }) },
    { outcome: 'fail', reason: 'Expired', verdict: 'undetermined' },
  ],
  [
    'a valid tag, and an Azure Policy that may not be read',
    { ...until, azurePolicy: unread },
    { outcome: 'pass', reason: 'ExemptUntil', verdict: 'exempt' },
  ],
  [
    'a tag that has ended, and an Azure Policy that may not be read',
    { ...ending('2026-11-19'), azurePolicy: unread },
    { outcome: 'fail', reason: 'Expired', verdict: 'undetermined' },
  ],
  [
    'no tag, and an Azure Policy that may not be read: nobody is exempt',
    { azurePolicy: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['no tag, and a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['tags that may not be read', { tags: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
