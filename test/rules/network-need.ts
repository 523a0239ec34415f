import type { VmExtension } from '../../lib/domain/extension.ts';
import type { Differing } from './case.ts';
import { disks, fact, hoursAgo, item, live, unread } from './healthy-vm.ts';

const workload: VmExtension = {
  name: 'AzureBackupWindowsWorkload',
  publisher: 'Microsoft.Azure.RecoveryServices.WorkloadBackup',
  type: 'AzureBackupWindowsWorkload',
  provisioningState: 'Succeeded',
};

/** A VM whose backup needs the network: a workload in it is backed up (case a). */
export const needsNetwork = { extensions: fact([workload]) } as const satisfies Differing;

/** A VM with Write Accelerator on a data disk (case b). */
export const writesFast = {
  disks: fact(disks(1).map((disk) => ({ ...disk, writeAccelerator: disk.role === 'data' }))),
} as const satisfies Differing;

/** A VM with a Windows agent below the supported minimum (case c). */
export const oldAgent = {
  agent: fact({
    version: '2.7.41491.1009',
    statusCode: 'ProvisioningState/succeeded',
    displayStatus: 'Ready',
    time: hoursAgo(0),
  }),
} as const satisfies Differing;

/** A VM whose last backup failed for want of a network (case d). */
export const failedWithoutNetwork = {
  items: live(item({ lastBackupStatus: 'Failed', lastBackupTime: hoursAgo(4) })),
  jobs: fact([
    {
      name: 'j',
      operation: 'Backup',
      status: 'Failed',
      startedAt: hoursAgo(4.1),
      errorCodes: ['400001'],
      errorTexts: ['ExtensionSnapshotFailedNoNetwork'],
    },
  ]),
} as const satisfies Differing;

/** A VM of which it is not known whether its backup needs the network: its agent was not read. */
export const mayNeedNetwork = { agent: unread } as const satisfies Differing;
