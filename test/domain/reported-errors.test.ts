import { expect, it } from 'vitest';

import type { BackupJob, HealthDetail } from '../../lib/domain/protection.ts';
import { isReported, reportedErrors } from '../../lib/domain/reported-errors.ts';
import { hoursAgo, item, itemWithoutPoint } from '../rules/healthy-vm.ts';

function detail(change: Partial<HealthDetail>): HealthDetail {
  return { code: '400001', title: '', message: '', recommendations: [], ...change };
}

function job(hours: number, change: Partial<BackupJob>): BackupJob {
  return { name: 'j', operation: 'Backup', status: 'Failed', startedAt: hoursAgo(hours), errorCodes: [], ...change };
}

/** The newest recovery point of the item is ten hours old. */
it.each<[string, Parameters<typeof reportedErrors>, boolean]>([
  ['nothing', [item(), []], false],
  ['an item without a pre-check', [itemWithoutPoint(), []], false],
  ['a code of the pre-check', [item({ healthDetails: [detail({ code: 'FsFreezeFailed' })] }), []], true],
  ['a title of the pre-check', [item({ healthDetails: [detail({ title: 'FSFREEZEFAILED' })] }), []], true],
  ['a sentence of the pre-check', [item({ healthDetails: [detail({ message: 'It was FsFreezeFailed.' })] }), []], true],
  ['another title', [item({ healthDetails: [detail({ title: 'AzureVmOffline' })] }), []], false],
  ['a code of a job since the newest point', [item(), [job(9, { errorCodes: ['FsFreezeFailed'] })]], true],
  ['a title of a job since the newest point', [item(), [job(9, { errorTexts: ['FsFreezeFailed'] })]], true],
  ['a job before the newest point', [item(), [job(11, { errorCodes: ['FsFreezeFailed'] })]], false],
  ['an older job of several', [item(), [job(1, {}), job(2, { errorCodes: ['FsFreezeFailed'] })]], true],
  ['a job of an item without a point', [itemWithoutPoint(), [job(900, { errorCodes: ['FsFreezeFailed'] })]], true],
])('%s', (_what, [of, jobs], expected) => {
  expect(isReported('FsFreezeFailed', reportedErrors(of, jobs))).toBe(expected);
});
