import { describe, expect, it } from 'vitest';

import { networkErrorOf, networkNeed } from '../../lib/domain/network-need.ts';
import type { BackupJob, ProtectedItem } from '../../lib/domain/protection.ts';
import type { Differing } from '../rules/case.ts';
import {
  disks,
  fact,
  healthyVm,
  hoursAgo,
  item,
  itemWithoutPoint,
  live,
  machine,
  noItem,
  settings,
  unread,
} from '../rules/healthy-vm.ts';
import { failedWithoutNetwork, needsNetwork, oldAgent, writesFast } from '../rules/network-need.ts';

function needOf(differing: Differing) {
  return networkNeed(healthyVm(differing), settings);
}

function extension(type: string): Differing {
  return { extensions: fact([{ name: type, publisher: 'p', type, provisioningState: 'Succeeded' }]) };
}

function agent(version: string | undefined, osType?: 'Windows' | 'Linux'): Differing {
  const { osType: _, ...bare } = machine();
  return { agent: fact(version ? { version } : {}), vm: fact(osType ? { ...bare, osType } : bare) };
}

const withoutNetwork = { code: 'ExtensionSnapshotFailedNoNetwork', title: '', message: '', recommendations: [] };
const notReported = { kind: 'unknown', because: { cause: 'not-reported' } };
const forbidden = { kind: 'unknown', because: { cause: 'no-permission' } };

describe('the backup of a VM needs its network', () => {
  it.each<readonly [what: string, differing: Differing, why: string]>([
    ['by workload backup (a)', needsNetwork, 'a workload in it is backed up'],
    ['by workload backup on Linux', extension('AzureBackupLinuxWorkload'), 'a workload in it is backed up'],
    ['by an extension in another case', extension('azurebackupWINDOWSworkload'), 'a workload in it is backed up'],
    ['by Write Accelerator (b)', writesFast, 'it has disks with Write Accelerator'],
    ['by an old agent (c)', oldAgent, 'its agent is older than the supported minimum'],
    ['by an old agent on Linux', agent('2.2.53.0', 'Linux'), 'its agent is older than the supported minimum'],
    ['by a failure (d)', failedWithoutNetwork, 'its last backup failed for want of a network'],
    [
      'by the pre-check of an item of which Azure tells no backup',
      { items: live(itemWithoutPoint({ healthDetails: [withoutNetwork] })) },
      'its last backup failed for want of a network',
    ],
    [
      'by one case, whatever is not known of the others',
      { ...writesFast, extensions: unread, agent: unread, jobs: unread },
      'it has disks with Write Accelerator',
    ],
  ])('%s', (_what, differing, why) => {
    expect(needOf(differing)).toEqual({ kind: 'needed', why });
  });

  it.each<readonly [what: string, differing: Differing]>([
    ['a VM with nothing special', {}],
    ['other extensions', extension('AzureBackupWindowsWorkloads')],
    ['the oldest agent that is supported', agent(settings.minWindowsAgent, 'Windows')],
    ['the oldest agent that is supported on Linux', agent(settings.minLinuxAgent, 'Linux')],
    ['a VM without an item', noItem],
    ['a VM without an item, whatever is known of jobs', { ...noItem, jobs: unread }],
    [
      'disks without Write Accelerator',
      { disks: fact(disks(3).map((disk) => ({ ...disk, writeAccelerator: false }))) },
    ],
  ])('not: %s', (_what, differing) => {
    expect(needOf(differing)).toEqual({ kind: 'not-needed' });
  });

  it.each<readonly [what: string, differing: Differing, expected: object]>([
    ['extensions that may not be read', { extensions: unread }, forbidden],
    ['disks that may not be read', { disks: unread }, forbidden],
    ['an agent that may not be read', { agent: unread }, forbidden],
    ['a VM that may not be read', { vm: unread }, forbidden],
    ['items that may not be read', { items: unread }, forbidden],
    ['jobs that may not be read', { jobs: unread }, forbidden],
    ['an agent that does not tell its version', agent(undefined, 'Windows'), notReported],
    ['an agent whose version is Unknown', agent('Unknown', 'Windows'), notReported],
    ['a VM that does not tell its operating system', agent('2.7.41491.1172'), notReported],
  ])('perhaps: %s', (_what, differing, expected) => {
    expect(needOf(differing)).toMatchObject(expected);
  });
});

function job(change: Partial<BackupJob> = {}): BackupJob {
  return {
    name: 'j',
    operation: 'Backup',
    status: 'Failed',
    startedAt: hoursAgo(4),
    errorCodes: ['400001'],
    ...change,
  };
}

function failed(change: Partial<ProtectedItem> = {}, ...jobs: readonly BackupJob[]): Differing {
  return {
    items: live(item({ lastBackupStatus: 'Failed', lastBackupTime: hoursAgo(4), ...change })),
    jobs: fact(jobs),
  };
}

function health(code: string, title: string, message: string) {
  return { healthDetails: [{ code, title, message, recommendations: [] }] };
}

describe('the network error of the last backup', () => {
  it.each<readonly [what: string, differing: Differing, name: string]>([
    [
      'is in the title of its job, in any case',
      failed({}, job({ errorTexts: ['EXTENSIONSNAPSHOTFAILEDNONETWORK'] })),
      'ExtensionSnapshotFailedNoNetwork',
    ],
    [
      'is in the code of its job',
      failed({}, job({ errorCodes: ['ExtensionSnapshotFailedNoSecureNetwork'] })),
      'ExtensionSnapshotFailedNoSecureNetwork',
    ],
    [
      'is in words in its job',
      failed({}, job({ errorTexts: ['Snapshot failed due to No network connectivity on the virtual machine.'] })),
      'no network connectivity on the virtual machine',
    ],
    [
      'is in the code of the health of the item',
      failed(health('ExtensionSnapshotFailedNoNetwork', '', '')),
      'ExtensionSnapshotFailedNoNetwork',
    ],
    [
      'is in the title of the health of the item',
      failed(health('1', 'ExtensionSnapshotFailedNoNetwork', '')),
      'ExtensionSnapshotFailedNoNetwork',
    ],
    [
      'is in the message of the health of the item, whatever is known of jobs',
      { ...failed(health('1', '', 'x ExtensionSnapshotFailedNoNetwork y')), jobs: unread },
      'ExtensionSnapshotFailedNoNetwork',
    ],
    [
      'counts for a backup with warnings',
      failed(
        { lastBackupStatus: 'CompletedWithWarnings' },
        job({ status: 'CompletedWithWarnings', errorTexts: ['ExtensionSnapshotFailedNoNetwork'] }),
      ),
      'ExtensionSnapshotFailedNoNetwork',
    ],
  ])('%s', (_what, differing, name) => {
    expect(networkErrorOf(healthyVm(differing))).toEqual({ kind: 'seen', name });
  });

  it.each<readonly [what: string, differing: Differing]>([
    ['a backup that completed', {}],
    [
      'a backup that completed later, in any case',
      {
        items: live(item({ lastBackupStatus: 'COMPLETED', ...health('ExtensionSnapshotFailedNoNetwork', '', '') })),
      },
    ],
    ['another error', failed({}, job({ errorTexts: ['ExtensionSnapshotFailedCOM'] }))],
    [
      'the last backup failed for another reason than the one before',
      failed(
        {},
        job({ errorTexts: ['UserErrorGuestAgentStatusUnavailable'] }),
        job({ startedAt: hoursAgo(9), errorTexts: ['ExtensionSnapshotFailedNoNetwork'] }),
      ),
    ],
    ['no item', { ...noItem, jobs: unread }],
  ])('is none: %s', (_what, differing) => {
    expect(networkErrorOf(healthyVm(differing))).toEqual({ kind: 'none' });
  });
});
