import { describe, expect, it } from 'vitest';

import type { PolicyExemption } from '../../lib/domain/azure-policy.ts';
import { armId } from '../../lib/domain/ids.ts';
import { backupExemption } from '../../lib/domain/policy-exemption.ts';
import { hoursAgo, now } from '../rules/healthy-vm.ts';
import {
  allowedLocations,
  assignment,
  azurePolicy,
  backupAudit,
  backupDeployment,
  exemption,
  groupId,
  managementGroup,
  subscriptionScope,
  vmGroup,
  vmKey,
} from './policy-sample.ts';

const audit = assignment(backupAudit);
const deployment = assignment(backupDeployment, { name: 'deploy' });
const locations = assignment(allowedLocations, { name: 'locations' });
const benchmark = assignment('set', { name: 'benchmark', definitions: [allowedLocations, backupAudit] });
const policies = [audit, deployment, locations, benchmark];

function found(...exemptions: readonly PolicyExemption[]) {
  return backupExemption(azurePolicy(policies, exemptions), vmKey, now);
}

function ending(expiresOn: string): PolicyExemption {
  return exemption(audit, { expiresOn });
}

describe('backupExemption', () => {
  it.each<[string, readonly PolicyExemption[], ReturnType<typeof found>['kind']]>([
    ['none', [], 'none'],
    ['from the audit of backup', [exemption(audit)], 'valid'],
    ['from the deployment of backup', [exemption(deployment)], 'valid'],
    ['from something else', [exemption(locations)], 'none'],
    ['from something else, twice', [exemption(locations), exemption(locations, { name: 'again' })], 'none'],
    ['from something else, and from the audit', [exemption(locations), exemption(audit)], 'valid'],
    ['from an initiative with the audit', [exemption(benchmark)], 'valid'],
    ['from the audit as part of an initiative', [exemption(benchmark, { definitions: [backupAudit] })], 'valid'],
    ['from another part of an initiative', [exemption(benchmark, { definitions: [allowedLocations] })], 'none'],
    ['from no part of an initiative', [exemption(benchmark, { definitions: [] })], 'none'],
    ['from an assignment that was not seen', [exemption(audit, { assignmentId: armId('/x') })], 'unclear'],
    ['as mitigated', [exemption(audit, { category: 'Mitigated' })], 'valid'],
    ['of the resource group', [exemption(audit, { scope: vmGroup })], 'valid'],
    ['of the subscription', [exemption(audit, { scope: subscriptionScope })], 'valid'],
    ['of a management group above', [exemption(audit, { scope: managementGroup })], 'valid'],
    ['of another resource group', [exemption(audit, { scope: groupId('rg-payroll') })], 'none'],
    ['of a VM whose name begins alike', [exemption(audit, { scope: armId(`${vmKey}0`) })], 'none'],
    ['that ends in a millisecond', [ending(new Date(now.getTime() + 1).toISOString())], 'valid'],
    ['that ends at this very instant (ruling 20)', [ending(now.toISOString())], 'expired'],
    ['that ended an hour ago', [ending(hoursAgo(1))], 'expired'],
    ['with an end in another zone', [ending('2026-11-20T08:30:00+02:00')], 'valid'],
    ['with an end in parts of a second', [ending('2026-11-20T06:00:00.0000001Z')], 'expired'],
    ['with an end without a zone', [ending('2026-12-31T00:00:00')], 'unreadable'],
    ['with an end that is a day', [ending('2026-12-31')], 'unreadable'],
    ['with an end that does not exist', [ending('2026-13-31T00:00:00Z')], 'unreadable'],
    ['with an end in words', [ending('next summer')], 'unreadable'],
    ['one that has ended, and one that has not', [ending(hoursAgo(1)), exemption(deployment)], 'valid'],
    [
      'one that has ended, and one that is unclear',
      [exemption(audit, { assignmentId: armId('/x') }), ending(hoursAgo(1))],
      'expired',
    ],
    ['one that has ended, and one that cannot be read', [ending(hoursAgo(1)), ending('never')], 'unreadable'],
  ])('%s', (_what, exemptions, expected) => {
    expect(found(...exemptions).kind).toBe(expected);
  });

  it('is the one that holds longest, whatever the order', () => {
    const short = exemption(audit, { name: 'a', expiresOn: hoursAgo(-1) });
    const long = exemption(audit, { name: 'b', expiresOn: hoursAgo(-2) });
    const endless = exemption(audit, { name: 'c' });

    expect(found(short, long)).toEqual({ kind: 'valid', exemption: long });
    expect(found(long, short)).toEqual({ kind: 'valid', exemption: long });
    expect(found(long, endless, short)).toEqual({ kind: 'valid', exemption: endless });
  });

  it('is the first by id among equals, whatever the order', () => {
    const [a, b] = ['a', 'b'].map((name) => exemption(audit, { name }));
    expect.assert(a && b);

    expect(found(a, b)).toEqual({ kind: 'valid', exemption: a });
    expect(found(b, a)).toEqual({ kind: 'valid', exemption: a });
  });
});
