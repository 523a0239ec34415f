import type { GuestOs } from '../domain/machine.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';
import { isOneOf } from '../domain/word.ts';

/** Publisher of the distribution that a guest reports; only names that are unambiguous. */
const publisherByOsName: ReadonlyMap<string, string> = new Map([
  ['ubuntu', 'canonical'],
  ['rhel', 'redhat'],
  ['redhat', 'redhat'],
  ['red hat enterprise linux', 'redhat'],
  ['sles', 'suse'],
  ['suse', 'suse'],
  ['opensuse', 'suse'],
  ['oracle', 'oracle'],
  ['ol', 'oracle'],
  ['debian', 'debian'],
  ['azurelinux', 'microsoftcblmariner'],
  ['mariner', 'microsoftcblmariner'],
  ['almalinux', 'almalinux'],
  ['rocky', 'resf'],
  ['centos', 'openlogic'],
]);

/** The guest wins over the image: what runs is what counts. */
function distribution(os: GuestOs): string | undefined {
  const reported = publisherByOsName.get(os.name?.trim().toLowerCase() ?? '');
  return reported ?? os.image?.publisher?.toLowerCase() ?? os.name?.toLowerCase();
}

export const osLinuxSupported = defineRule({
  id: 'os-linux-supported',
  title: 'The Linux distribution is endorsed by Azure',
  category: 'limitation',
  severity: 'warning',
  rationale:
    'Distributions endorsed by Azure are supported. Others might work with the Linux agent and Python present, without support. The endorsed list itself is unconfirmed, so it is a setting (endorsedLinuxPublishers).',
  sources: ['Support matrix for Azure VM backups, 2026-03-26'],
  reviewed: '2026-11-20',
  needs: {
    guestOs: (os) => ({
      osName: os.name,
      osVersion: os.version,
      'imageReference.publisher': os.image?.publisher,
    }),
  },
  pass: { Endorsed: '{os} is endorsed.' },
  fail: { NotEndorsed: '{os} is not an Azure-endorsed distribution.' },
  remedies: {
    NotEndorsed: {
      text: 'Use an endorsed image, or agentless crash-consistent backup (Enhanced policy).',
      commands: [],
    },
  },
  concerns({ vm }) {
    return vm.kind === 'unknown' || vm.value.osType === 'Linux' || 'The VM does not run Linux.';
  },
  check({ guestOs }, { settings }) {
    const publisher = distribution(guestOs);
    if (!publisher) {
      return cannotTell('not-reported', 'Neither the guest nor the image tells which distribution this is.');
    }
    const details = { os: guestOs.name ?? publisher };
    return isOneOf(publisher, settings.endorsedLinuxPublishers)
      ? { kind: 'pass', reason: 'Endorsed', details }
      : { kind: 'fail', reason: 'NotEndorsed', details };
  },
});
