import { cannotTell, defineRule } from '../domain/rule.ts';
import { containerLinux } from '../domain/support-list.ts';

export const osContainerLinux = defineRule({
  id: 'os-container-linux',
  title: 'The VM does not run CoreOS or Flatcar',
  category: 'limitation',
  severity: 'warning',
  rationale:
    'CoreOS Linux is explicitly unsupported for agent-based backup. Flatcar is its successor; no statement about it was found, so it is treated alike (unconfirmed). Agentless crash-consistent backup does not ask for the operating system.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26'],
  reviewed: '2026-11-21',
  needs: {
    guestOs: (os) => ({
      osName: os.name,
      'imageReference.publisher': os.image?.publisher,
      'imageReference.offer': os.image?.offer,
    }),
  },
  pass: { OtherLinux: '{os} is no container Linux.' },
  fail: { ContainerLinux: '{os} is a container Linux, which agent-based VM backup does not support.' },
  remedies: {
    ContainerLinux: {
      text: 'Use an Enhanced policy with snapshotConsistencyType OnlyCrashConsistent, or back up the data volumes.',
      commands: [],
    },
  },
  concerns({ vm }) {
    return vm.kind === 'unknown' || vm.value.osType === 'Linux' || 'The VM does not run Linux.';
  },
  check({ guestOs }) {
    const { name, image } = guestOs;
    const known = [name, image?.publisher, image?.offer].filter((text) => text !== undefined);
    if (known.length === 0) {
      return cannotTell('not-reported', 'Neither the guest nor the image tells which distribution this is.');
    }
    const details = { os: name ?? image?.offer ?? image?.publisher ?? '' };
    return containerLinux.names.test(known.join(' '))
      ? { kind: 'fail', reason: 'ContainerLinux', details }
      : { kind: 'pass', reason: 'OtherLinux', details };
  },
});
