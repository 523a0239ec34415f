import { expect } from 'vitest';

import { fact, unread, vmId } from '../healthy-vm.ts';
import { bareHost, confirmation, hostVm, notExposed, type ServerCase, serverHost, serverVault } from './server-case.ts';

const blocked = fact(hostVm({ networkFailures: ['The NSG nsg-1 blocks 443 to Storage.'] }));

export const cases: readonly ServerCase[] = [
  ['described as open', {}, { outcome: 'pass', reason: 'Reachable' }],
  [
    'described as closed',
    { engine: fact('planned'), host: fact(serverHost({ canReachAzure: false })) },
    {
      outcome: 'fail',
      reason: 'Blocked',
      severity: 'warning',
      fix: { text: expect.stringContaining('*.WindowsAzure.com') },
    },
  ],
  [
    'closed in US Government',
    { host: fact(serverHost({ canReachAzure: false })), vault: fact(serverVault({ region: 'usdodeast' })) },
    { outcome: 'fail', reason: 'Blocked', fix: { text: expect.stringContaining('*.windowsazure.us') } },
  ],
  [
    'a VM whose networks are in the way',
    { hostVm: blocked },
    {
      outcome: 'fail',
      reason: 'BlockedByNetwork',
      message:
        'The networks of VM vm-pay, on which the server runs, are in the way: The NSG nsg-1 blocks 443 to Storage.',
      fix: { commands: [`az vm show --ids ${vmId} --query networkProfile.networkInterfaces`] },
    },
  ],
  [
    'a machine that Azure does not show',
    { host: notExposed, hostVm: notExposed },
    {
      outcome: 'unknown',
      cause: 'not-exposed',
      message: expect.stringMatching(/whether mabs01\.contoso\.local reaches www\.msftncsi\.com, .* on 443\.$/),
    },
  ],
  ['a VM whose networks let VM backup through', { host: fact(bareHost) }, { outcome: 'unknown', cause: 'not-exposed' }],
  [
    'a machine that is no VM',
    { host: fact(bareHost), hostVm: fact('none') },
    { outcome: 'unknown', cause: 'not-exposed' },
  ],
  [
    'a machine that Azure does not show, confirmed',
    { host: notExposed, hostVm: notExposed, confirmations: [confirmation('mabs-domain-allow-list')] },
    { outcome: 'pass', reason: 'Confirmed' },
  ],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a vault of which nothing is known', { vault: unread }, { outcome: 'pass', reason: 'Reachable' }],
];
