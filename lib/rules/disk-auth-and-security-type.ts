import { type AttachedDisk, lastingDisks, managedDisks, unreadDisk } from '../domain/disk-resource.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';
import { isWord } from '../domain/word.ts';

/** What a value says: fine, not supported, or something of which the support matrix says nothing. */
type Standing = 'fine' | 'unsupported' | 'unlisted';

interface Judged {
  readonly disk: AttachedDisk;
  readonly property: string;
  readonly value: string;
  readonly standing: Standing;
}

function standingOfMode(mode: string): Standing {
  if (isWord(mode, 'AzureActiveDirectory')) {
    return 'unsupported';
  }
  return isWord(mode, 'None') ? 'fine' : 'unlisted';
}

/** Of data disks: an OS disk of another VM that is attached as one keeps its security type. */
function standingOfSecurityType(type: string): Standing {
  if (/^(trustedlaunch|confidentialvm.*)$/i.test(type)) {
    return 'unsupported';
  }
  return isWord(type, 'Standard') ? 'fine' : 'unlisted';
}

function modeOf(disk: AttachedDisk): Judged {
  // Azure leaves the mode out of disks on which it was never set.
  const value = disk.resource?.dataAccessAuthMode ?? 'None';
  return { disk, property: 'dataAccessAuthMode', value, standing: standingOfMode(value) };
}

function securityTypeOf(disk: AttachedDisk): Judged {
  const value = disk.resource?.securityType ?? 'Standard';
  return { disk, property: 'securityProfile.securityType', value, standing: standingOfSecurityType(value) };
}

function isFine({ role, resource }: AttachedDisk): boolean {
  if (!resource) {
    return false;
  }
  const { dataAccessAuthMode: mode, securityType } = resource;
  const isOpen = mode === undefined || standingOfMode(mode) === 'fine';
  return isOpen && (role === 'os' || securityType === undefined || standingOfSecurityType(securityType) === 'fine');
}

function inWords(judged: readonly Judged[]): string {
  return judged.map(({ disk, property, value }) => `disk ${disk.name} has ${property}=${value}`).join(', ');
}

export const diskAuthAndSecurityType = defineRule({
  id: 'disk-auth-and-security-type',
  title: 'No disk has an access mode or a security type that VM backup does not support',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'Backups fail if a disk demands Entra authentication for data access (dataAccessAuthMode), or if a data disk is the Trusted Launch or Confidential OS disk of another VM. Private links, closed public access, customer-managed keys and encryption at host are supported.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'Back up an Azure VM by using the Enhanced policy, 2025-06-11',
    "What's new in Azure Backup, entries to April 2026",
  ],
  reviewed: '2026-11-21',
  needs: { disks: (disks) => ({ disks: disks.map(({ name }) => name).join(', ') }), diskResources: () => ({}) },
  pass: { Supported: 'No disk of the VM has an access mode or a security type that VM backup does not support.' },
  fail: {
    EntraAuthentication: 'VM backup does not support this: {problems}.',
    SecurityType: 'VM backup does not support this: {problems}.',
    EntraAuthenticationAndSecurityType: 'VM backup does not support this: {problems}.',
  },
  remedies: {
    EntraAuthentication: {
      text: 'Switch Entra authentication for data access off on each of the disks.',
      commands: ['az disk update --ids {diskId} --data-access-auth-mode None'],
    },
    SecurityType: {
      text: 'Detach the OS disks of other VMs; copy their data to a new disk if it is needed.',
      commands: [
        'az vm disk detach --subscription {vmSubscription} -g {vmResourceGroup} --vm-name {vmName} -n {foreignDisk}',
      ],
    },
    EntraAuthenticationAndSecurityType: {
      text: 'Switch Entra authentication for data access off, and detach the OS disks of other VMs.',
      commands: [
        'az disk update --ids {diskId} --data-access-auth-mode None',
        'az vm disk detach --subscription {vmSubscription} -g {vmResourceGroup} --vm-name {vmName} -n {foreignDisk}',
      ],
    },
  },
  check({ disks, diskResources }) {
    // An ephemeral OS disk has neither; whether it has a resource at all is unconfirmed.
    const managed = managedDisks(lastingDisks(disks), diskResources);
    if (managed.every(isFine)) {
      return { kind: 'pass', reason: 'Supported', details: {} };
    }
    const modes = managed.map(modeOf);
    const types = managed.filter(({ role }) => role === 'data').map(securityTypeOf);
    const wrongModes = modes.filter(({ standing }) => standing === 'unsupported');
    const wrongTypes = types.filter(({ standing }) => standing === 'unsupported');
    const [wrongMode] = wrongModes;
    const [wrongType] = wrongTypes;
    if (wrongMode || wrongType) {
      const one = wrongMode ? 'EntraAuthentication' : 'SecurityType';
      return {
        kind: 'fail',
        reason: wrongMode && wrongType ? 'EntraAuthenticationAndSecurityType' : one,
        details: { problems: inWords([...wrongModes, ...wrongTypes]) },
        commandDetails: {
          diskId: wrongMode?.disk.resource?.id ?? '',
          foreignDisk: wrongType?.disk.name ?? '',
        },
      };
    }
    const because = unreadDisk(managed, diskResources);
    if (because) {
      return { kind: 'unknown', because };
    }
    const unlisted = [...modes, ...types].filter(({ standing }) => standing === 'unlisted');
    return cannotTell('not-reported', `The support matrix does not say anything about this: ${inWords(unlisted)}.`);
  },
});
