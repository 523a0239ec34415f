import type { Nic } from '../domain/nic.ts';
import { defineRule } from '../domain/rule.ts';
import { isWord } from '../domain/word.ts';

function inWords({ name, ipConfigurations }: Nic): string {
  const publicIps = ipConfigurations.filter(({ publicIp }) => publicIp).length;
  return `${name} (IP configurations: ${ipConfigurations.length}, public addresses: ${publicIps})`;
}

export const restoreMultipleIp = defineRule({
  id: 'restore-multiple-ip',
  title: 'Each network interface has one IP configuration, and the VM has one public address at most',
  category: 'restore-readiness',
  severity: 'info',
  rationale:
    'Several IP configurations on an interface and several public addresses are not set up by a restore: restore the disks and rebuild. A single static public address is not a failure, but is noted. Interfaces are not created either if the VM has a public address together with a NAT gateway.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26', 'Restore Azure VM data in the portal, 2026'],
  reviewed: '2026-11-21',
  needs: { nics: ({ nics }) => ({ ipConfigurations: nics.map(inWords).join(', ') }) },
  pass: {
    OneConfiguration: 'Each interface has one IP configuration, and there is no more than one public address.',
    StaticPublicAddress:
      'Each interface has one IP configuration. Public address {address} is static; a restored VM does not get it by itself.',
  },
  fail: {
    SeveralAddresses: 'A restored VM will not have all of its IP configurations and public addresses: {interfaces}.',
  },
  remedies: {
    SeveralAddresses: {
      text: 'Write the addresses into the runbook: restore the disks, then create the interfaces and addresses again.',
      commands: ['az vm list-ip-addresses --subscription {vmSubscription} -g {vmResourceGroup} -n {vmName}'],
    },
  },
  check({ nics: { nics, gap } }) {
    const publicIps = nics.flatMap(({ ipConfigurations }) =>
      ipConfigurations.flatMap(({ publicIp }) => publicIp ?? []),
    );
    if (publicIps.length > 1 || nics.some(({ ipConfigurations }) => ipConfigurations.length > 1)) {
      return { kind: 'fail', reason: 'SeveralAddresses', details: { interfaces: nics.map(inWords).join(', ') } };
    }
    if (gap) {
      return { kind: 'unknown', because: gap };
    }
    const fixed = publicIps.find(({ allocation }) => isWord(allocation, 'Static'));
    return fixed
      ? { kind: 'pass', reason: 'StaticPublicAddress', details: { address: fixed.key.split('/').at(-1) ?? fixed.key } }
      : { kind: 'pass', reason: 'OneConfiguration', details: {} };
  },
});
