import { first, put } from './bodies.ts';
import { jobBody } from './jobs.ts';
import { machineId } from './machine.ts';
import type { MachinePlan } from './machine-plan.ts';
import type { Garden } from './plants.ts';
import { containerName } from './protection.ts';

type Run = Pick<Parameters<typeof jobBody>[0], 'operation' | 'status' | 'startedAt' | 'minutes' | 'error'>;

/** Adds a job to the history of the VM's item. */
export function addJob(plan: MachinePlan, { random }: Garden, run: Run): void {
  plan.edits.push(({ items, jobs }) => {
    const vaultId = first(items).id.replace(/\/backupFabrics\/.*/, '');
    jobs.push(jobBody({ vaultId, vmId: machineId(plan), containerName: containerName(plan), random, ...run }));
  });
}

/** The failed last backup of the VM ended with this error. */
export function failedWith(plan: MachinePlan, errorTitle: string, errorString: string): void {
  plan.edits.push(({ jobs }) => {
    const failed = first(jobs.filter(({ properties }) => properties['status'] === 'Failed'));
    put(failed, 'properties.errorDetails.0.errorTitle', errorTitle);
    put(failed, 'properties.errorDetails.0.errorString', errorString);
  });
}
