import { defineResourceRule } from '../../domain/resource-rule.ts';
import { cannotTell } from '../../domain/rule.ts';

export const classicReservedIpEndpoint = defineResourceRule({
  id: 'classic-reserved-ip-endpoint',
  title: 'A classic VM with a reserved IP has an endpoint',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'A classic VM with a reserved IP and no endpoint could never be backed up; the support matrix still says so. Today it is moot: no classic VM can be backed up.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26'],
  reviewed: '2026-11-21',
  about: 'classicVms',
  pass: {
    NoReservedIp: 'Classic VM {vm} has no reserved IP.',
    HasEndpoint: 'Classic VM {vm} has a reserved IP and an endpoint.',
  },
  fail: {
    NoEndpoint: 'Classic VM {vm} has the reserved IP {ips} and no endpoint; it could not be backed up even before.',
  },
  remedies: {
    NoEndpoint: { text: 'Migrate the VM to Resource Manager; its reserved IP becomes a public IP.', commands: [] },
  },
  evidence: ({ reservedIps, endpoints }) => ({
    'networkProfile.reservedIps': reservedIps?.join(', '),
    'networkProfile.inputEndpoints': endpoints,
  }),
  check({ name, reservedIps, endpoints }) {
    const details = { vm: name };
    if (reservedIps?.length === 0) {
      return { kind: 'pass', reason: 'NoReservedIp', details };
    }
    if (!reservedIps || endpoints === undefined) {
      return cannotTell('not-reported', `Azure does not show reserved IPs and endpoints of classic VM ${name}.`);
    }
    return endpoints > 0
      ? { kind: 'pass', reason: 'HasEndpoint', details }
      : { kind: 'fail', reason: 'NoEndpoint', details: { ...details, ips: reservedIps.join(', ') } };
  },
});
