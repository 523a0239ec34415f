import { fact, unread } from '../healthy-vm.ts';
import { classicVm, type ResourceCase } from './resource-case.ts';

const { reservedIps: _ips, endpoints: _endpoints, ...withoutProfile } = classicVm();

export const cases: readonly ResourceCase[] = [
  ['no reserved IP', { classicVms: fact([classicVm({ endpoints: 0 })]) }, []],
  ['a reserved IP and an endpoint', { classicVms: fact([classicVm({ reservedIps: ['ip-1'], endpoints: 1 })]) }, []],
  [
    'a reserved IP and no endpoint',
    { classicVms: fact([classicVm({ reservedIps: ['ip-1', 'ip-2'], endpoints: 0 })]) },
    [
      {
        outcome: 'fail',
        reason: 'NoEndpoint',
        message:
          'Classic VM old-vm has the reserved IP ip-1, ip-2 and no endpoint; it could not be backed up even before.',
        evidence: [
          {
            fact: 'classicVms',
            values: { 'networkProfile.reservedIps': 'ip-1, ip-2', 'networkProfile.inputEndpoints': 0 },
          },
        ],
      },
    ],
  ],
  [
    'a network profile that is not shown',
    { classicVms: fact([withoutProfile]) },
    [
      {
        outcome: 'unknown',
        cause: 'not-reported',
        message: 'Azure does not show reserved IPs and endpoints of classic VM old-vm.',
      },
    ],
  ],
  [
    'a reserved IP and endpoints that are not shown',
    { classicVms: fact([{ ...withoutProfile, reservedIps: ['ip-1'] }]) },
    [{ outcome: 'unknown', cause: 'not-reported' }],
  ],
  ['classic VMs that may not be read', { classicVms: unread }, [{ outcome: 'unknown', cause: 'no-permission' }]],
];
