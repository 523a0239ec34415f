import { caseNoise } from './arm-ids.ts';
import type { EstateResource } from './estate.ts';
import { instant, minute } from './instants.ts';
import type { Random } from './random.ts';

/** What a job says about its failure. */
export type JobError = { readonly errorTitle: string; readonly errorString: string };

type JobFacts = {
  readonly vaultId: string;
  readonly vmId: string;
  readonly containerName: string;
  readonly operation: 'Backup' | 'ConfigureBackup' | 'Restore';
  readonly status: 'Completed' | 'CompletedWithWarnings' | 'Failed' | 'Cancelled' | 'InProgress';
  readonly startedAt: number;
  readonly minutes: number;
  readonly error?: JobError;
  readonly random: Random;
};

/** A failure that says nothing about the network, so that only the backup itself is at fault. */
const usualError: JobError = {
  errorTitle: 'UserErrorCrpReportedUserError',
  errorString: 'The backup failed with an error reported by the compute platform.',
};

/** A job of a vault; one that runs has no end yet. */
export function jobBody(facts: JobFacts): EstateResource {
  const { vaultId, vmId, containerName, operation, status, startedAt, minutes, error = usualError, random } = facts;
  const name = random.guid();
  const recommendations = ['Read the details of the job and try again.'];
  return {
    id: `${vaultId}/backupJobs/${name}`,
    name,
    type: 'Microsoft.RecoveryServices/vaults/backupJobs',
    properties: {
      jobType: 'AzureIaaSVMJob',
      activityId: random.guid(),
      backupManagementType: 'AzureIaasVM',
      virtualMachineVersion: 'Compute',
      entityFriendlyName: vmId.split('/').at(-1),
      containerName,
      dataSourceId: caseNoise(vmId, random),
      operation,
      status,
      startTime: instant(startedAt),
      ...(status !== 'InProgress' && { endTime: instant(startedAt + minutes * minute) }),
      duration: `PT${minutes * 60}S`,
      isUserTriggered: false,
      ...(status === 'Failed' && { errorDetails: [{ errorCode: 400001, ...error, recommendations }] }),
    },
  };
}
