import { describe, expect, it } from 'vitest';

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
describe('isReported', () => {
  it.each<[string, Parameters<typeof reportedErrors>, boolean]>([
    ['nothing', [item(), []], false],
    ['an item without a pre-check', [itemWithoutPoint(), []], false],
    ['a code of the pre-check', [item({ healthDetails: [detail({ code: 'FsFreezeFailed' })] }), []], true],
    ['a title of the pre-check', [item({ healthDetails: [detail({ title: 'FSFREEZEFAILED' })] }), []], true],
    [
      'a sentence of the pre-check',
      [item({ healthDetails: [detail({ message: 'It was FsFreezeFailed.' })] }), []],
      true,
    ],
    ['another title', [item({ healthDetails: [detail({ title: 'AzureVmOffline' })] }), []], false],
    ['a code of a job since the newest point', [item(), [job(9, { errorCodes: ['FsFreezeFailed'] })]], true],
    ['a title of a job since the newest point', [item(), [job(9, { errorTexts: ['FsFreezeFailed'] })]], true],
    ['a job before the newest point', [item(), [job(11, { errorCodes: ['FsFreezeFailed'] })]], false],
    ['an older job of several', [item(), [job(1, {}), job(2, { errorCodes: ['FsFreezeFailed'] })]], true],
    ['a job of an item without a point', [itemWithoutPoint(), [job(900, { errorCodes: ['FsFreezeFailed'] })]], true],
  ])('%s', (_what, [of, jobs], expected) => {
    expect(isReported('FsFreezeFailed', reportedErrors(of, jobs))).toBe(expected);
  });
});

describe('reportedErrors', () => {
  const { healthDetails: _details, ...withoutCheck } = item();

  it.each<[string, Parameters<typeof reportedErrors>, readonly string[]]>([
    ['an item without a pre-check', [withoutCheck, []], []],
    ['a job that gives no words', [withoutCheck, [job(9, { errorCodes: ['400124'] })]], ['400124']],
    [
      'a pre-check and jobs',
      [
        item({ healthDetails: [detail({ title: 'AzureVmOffline', message: 'It is off.' })] }),
        [job(1, { errorCodes: ['1'], errorTexts: ['one', 'uno'] }), job(2, { errorCodes: ['2', '3'] })],
      ],
      ['400001', 'AzureVmOffline', 'It is off.', '1', 'one', 'uno', '2', '3'],
    ],
  ])('of %s are their codes and words', (_what, [of, jobs], expected) => {
    expect(reportedErrors({ ...of }, jobs)).toEqual(expected);
  });
});
