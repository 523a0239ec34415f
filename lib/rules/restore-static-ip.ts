import type { IpConfiguration, Nic } from '../domain/nic.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';
import { isWord } from '../domain/word.ts';

interface Address {
  readonly nic: Nic;
  readonly configuration: IpConfiguration;
}

/** The addresses of all interfaces whose allocation is of a kind; Azure writes it in any case. */
function allocated(nics: readonly Nic[], isWanted: (allocation: string | undefined) => boolean): readonly Address[] {
  const addresses: Address[] = [];
  for (const nic of nics) {
    for (const configuration of nic.ipConfigurations) {
      if (isWanted(configuration.allocation)) {
        addresses.push({ nic, configuration });
      }
    }
  }
  return addresses;
}

export const restoreStaticIp = defineRule({
  id: 'restore-static-ip',
  title: 'The private addresses of the VM are dynamic',
  category: 'restore-readiness',
  severity: 'info',
  rationale:
    'A VM that is made from a recovery point gets dynamic addresses; static ones must be set again afterwards, on the network interface and never in the guest, where DHCP has to stay on.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'Troubleshoot failures caused by agent or extension issues, 2025-11-12',
  ],
  reviewed: '2026-11-21',
  needs: {
    nics: ({ nics }) => ({
      privateIPAllocationMethod: nics
        .flatMap(({ ipConfigurations }) =>
          ipConfigurations.map(({ name, allocation }) => `${name}: ${allocation ?? ''}`),
        )
        .join(', '),
    }),
  },
  pass: { Dynamic: 'No private address of the VM is static.' },
  fail: { Static: 'A restored VM loses its static addresses: {addresses}.' },
  remedies: {
    Static: {
      text: 'Write the addresses into the runbook, and set them again on the interface of the restored VM.',
      commands: [
        'az network nic ip-config update --subscription {vmSubscription} -g {nicResourceGroup} --nic-name {nic} -n {configuration} --private-ip-address {address}',
      ],
    },
  },
  check({ nics: { nics, gap } }) {
    const fixed = allocated(nics, (allocation) => isWord(allocation, 'Static'));
    const [first] = fixed;
    if (first) {
      const told = fixed.map(({ configuration }) => configuration.privateAddress ?? configuration.name);
      return {
        kind: 'fail',
        reason: 'Static',
        details: { addresses: told.join(', ') },
        commandDetails: {
          nic: first.nic.name,
          nicResourceGroup: first.nic.resourceGroup,
          configuration: first.configuration.name,
          address: first.configuration.privateAddress ?? '<its address>',
        },
      };
    }
    if (gap) {
      return { kind: 'unknown', because: gap };
    }
    const [untold] = allocated(nics, (allocation) => !isWord(allocation, 'Dynamic'));
    return untold
      ? cannotTell('not-reported', `Azure does not tell how address ${untold.configuration.name} is allocated.`)
      : { kind: 'pass', reason: 'Dynamic', details: {} };
  },
});
