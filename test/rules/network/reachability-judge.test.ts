import { describe, expect, it } from 'vitest';

import { createReachabilityJudge } from '../../../lib/rules/network/reachability.ts';
import { network, nsg, rule } from './sample.ts';

describe('a judge', () => {
  const rules = [rule('d', 100, 'Deny', { sourceAddressPrefix: '10.0.1.0/28' })];
  const vmAt = (privateIPAddress: string, name: string) =>
    network({ subnetNsg: nsg('n', rules), ipConfiguration: { privateIPAddress }, nic: { name } });

  it('judges VMs of one subnet once, whatever their addresses and names', () => {
    const judge = createReachabilityJudge();

    for (let host = 4; host < 14; host += 1) {
      judge.judge(vmAt(`10.0.1.${host}`, `vm-${host}`));
    }

    expect(judge.configurations).toBe(1);
  });

  it('tells VMs apart that the rules tell apart', () => {
    const judge = createReachabilityJudge();

    const [inside, outside] = [vmAt('10.0.1.4', 'a'), vmAt('10.0.1.200', 'b')].map((input) => judge.judge(input));

    expect(judge.configurations).toBe(2);
    expect([inside?.overall.workload, outside?.overall.workload]).toEqual(['blocked', 'open']);
  });

  it('has one judgement for all VMs whose rows are the same', () => {
    const judge = createReachabilityJudge();
    const input = network();

    expect(judge.judgeNic(input, input)).toBe(judge.judgeNic({ ...input }, input));
  });

  it('keeps what belongs to the VM apart from what its neighbours share', () => {
    const judge = createReachabilityJudge();
    const lastJob = {
      properties: { operation: 'Backup', status: 'Failed', errorDetails: ['ExtensionSnapshotFailedNoNetwork'] },
    };

    judge.judge(network({ rest: { evidence: { lastJob } } }));

    expect(judge.judge(network()).severity.vm).toBe('none');
  });
});
