import { describe, expect, it } from 'vitest';

import { advise } from '../../../lib/rules/network/advise.ts';
import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { adminRule, network, nsg, rule } from './sample.ts';

const manager =
  '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-nm/providers/Microsoft.Network/networkManagers/nm';
const configurationId = `${manager}/securityAdminConfigurations/base`;
const ruleId = `${configurationId}/ruleCollections/all/rules/deny`;

function adminDeny(priority: number, id: unknown = ruleId, addressPrefix = '*'): object {
  return { ...adminRule('deny', { priority, destinations: [{ addressPrefix }] }), id };
}

function adviceFor(deny: object, region: unknown = 'westeurope') {
  const input = network({ rest: { adminRules: [deny], region } });
  return advise(input, judgeReachability(input), 'workload');
}

const inManager = '--subscription 33333333-3333-3333-3333-333333333333 -g rg-nm --network-manager-name nm';

function alwaysAllow(name: string, tag: string, priority: number): string {
  return `az network manager security-admin-config rule-collection rule create ${inManager} --configuration-name base --rule-collection-name all --rule-name Allow-${name}-443 --kind Custom --access AlwaysAllow --direction Outbound --protocol Tcp --dests address-prefix=${tag} address-prefix-type=ServiceTag --dest-port-ranges 443 --priority ${priority}`;
}

const commit = `az network manager post-commit ${inManager} --commit-type SecurityAdmin --configuration-ids ${configurationId} --target-locations westeurope`;

describe('a security admin rule that denies', () => {
  it('is overruled by one rule for each destination, each with a number of its own before it', () => {
    expect(adviceFor(adminDeny(10)).map(({ commands }) => commands)).toEqual([
      [alwaysAllow('AzureBackup', 'AzureBackup', 9), commit],
      [alwaysAllow('Storage', 'Storage.westeurope', 8), commit],
      [alwaysAllow('AzureActiveDirectory', 'AzureActiveDirectory', 7), commit],
    ]);
  });

  it('is named with its network manager', () => {
    expect(adviceFor(adminDeny(10))[0]?.message).toBe(
      'Security admin rule deny (priority 10) of network manager nm denies TCP 443 to AzureBackup or part of it; changes of NSGs cannot help. An AlwaysAllow rule before it can (flags of these commands unconfirmed).',
    );
  });

  it('is overruled as long as there is a number of 1 or more before it', () => {
    const advice = adviceFor(adminDeny(3));

    expect(advice.map(({ commands }) => commands.length)).toEqual([2, 2, 0]);
    expect(advice[1]?.commands[0]).toContain('--priority 1');
    expect(advice[2]?.message).toContain('Ask its owner for an AlwaysAllow rule before it.');
  });

  it.each<readonly [what: string, id: unknown, region: unknown]>([
    ['its id is not known', null, 'westeurope'],
    ['its id makes no sense', 'garbage', 'westeurope'],
    ['its network manager is not in its id', ruleId.replace('networkManagers', 'others'), 'westeurope'],
    ['its configuration is not in its id', ruleId.replace('securityAdminConfigurations', 'others'), 'westeurope'],
    ['the region of the VM is not known', ruleId, null],
  ])('is left to its owner if %s', (_what, id, region) => {
    const [first] = adviceFor(adminDeny(10, id), region);

    expect(first?.commands).toEqual([]);
    expect(first?.message).toContain('Ask its owner for an AlwaysAllow rule before it.');
  });

  it('leaves the first free number to the next rule if an earlier path needs none', () => {
    const [only] = adviceFor(adminDeny(10, ruleId, 'Storage'));

    expect(only?.commands[0]).toBe(alwaysAllow('Storage', 'Storage.westeurope', 9));
  });
});

describe('rules that are proposed', () => {
  it('count only the earlier paths that a rule closes', () => {
    const input = network({
      subnetNsg: nsg('n', [rule('d', 4000, 'Deny', { destinationAddressPrefix: 'AzureActiveDirectory' })]),
      subnet: { defaultOutboundAccess: false },
    });

    const [backup, entra] = advise(input, judgeReachability(input), 'workload');

    expect(backup?.message).toContain('gives this VM no way out');
    expect(entra?.commands[0]).toContain('--priority 100 ');
  });
});
