import { isOlder, parseVersion } from '../domain/agent.ts';
import type { GuestOs, Image } from '../domain/machine.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';
import { windowsVersions } from '../domain/support-list.ts';

type Standing = 'supported' | 'dropped' | 'too-old';

function standingOfVersion(version: readonly number[]): Standing {
  if (!isOlder(version, windowsVersions.supportedFrom)) {
    return 'supported';
  }
  return isOlder(version, windowsVersions.droppedFrom) ? 'too-old' : 'dropped';
}

/** Reads `Windows Server 2022` and `2022-datacenter-g2` alike; only where no version number was reported. */
function standingOfName(text: string): Standing | undefined {
  if (windowsVersions.supportedNames.test(text)) {
    return 'supported';
  }
  if (windowsVersions.droppedNames.test(text)) {
    return 'dropped';
  }
  return windowsVersions.olderNames.test(text) ? 'too-old' : undefined;
}

/** `SQL2016SP1-WS2012R2` has SQL Server 2016 on Windows Server 2012 R2: what follows `WS` is the Windows. */
function windowsOfImage({ offer = '', sku = '' }: Image): string {
  return /\bws\d{4}.*/i.exec(offer)?.[0] ?? `${offer} ${sku}`;
}

function standing(os: GuestOs): Standing | undefined {
  const version = parseVersion(/\d+(\.\d+)+/.exec(os.version ?? '')?.[0]);
  if (version) {
    return standingOfVersion(version);
  }
  return standingOfName(os.name ?? '') ?? standingOfName(windowsOfImage(os.image ?? {}));
}

export const osWindowsSupported = defineRule({
  id: 'os-windows-supported',
  title: 'The Windows version is on the list for agent-based backup',
  category: 'limitation',
  severity: 'warning',
  rationale:
    'March 2026 list: Windows Server 2016, 2019, 2022, 2025, Windows 10 and 11 (64-bit). 2008 R2 to 2012 R2 left the list between January and March 2026. Agentless crash-consistent backup still works with the others.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26 and 2026-01-28'],
  reviewed: '2026-11-21',
  needs: {
    guestOs: (os) => ({ osName: os.name, osVersion: os.version, 'imageReference.sku': os.image?.sku }),
  },
  pass: { Supported: '{os} is on the supported list.' },
  fail: {
    DroppedFromList: '{os} was dropped from the supported list for agent-based backup in 2026.',
    TooOld: '{os} is older than anything that agent-based backup supports.',
  },
  remedies: {
    DroppedFromList: {
      text: 'Upgrade the operating system, or use an Enhanced policy with snapshotConsistencyType OnlyCrashConsistent.',
      commands: [],
    },
    TooOld: {
      text: 'Upgrade the operating system, or use an Enhanced policy with snapshotConsistencyType OnlyCrashConsistent.',
      commands: [],
    },
  },
  concerns({ vm }) {
    return vm.kind === 'unknown' || vm.value.osType === 'Windows' || 'The VM does not run Windows.';
  },
  check({ guestOs }) {
    const details = { os: guestOs.name ?? guestOs.image?.sku ?? `Windows ${guestOs.version ?? ''}`.trim() };
    switch (standing(guestOs)) {
      case 'supported':
        return { kind: 'pass', reason: 'Supported', details };
      case 'dropped':
        return { kind: 'fail', reason: 'DroppedFromList', details };
      case 'too-old':
        return { kind: 'fail', reason: 'TooOld', details };
      default:
        return cannotTell('not-reported', 'Neither the guest nor the image tells which Windows this is.');
    }
  },
});
