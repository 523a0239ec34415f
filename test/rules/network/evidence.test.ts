import { describe, expect, it } from 'vitest';

import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { network } from './sample.ts';

describe('evidence of a failed backup', () => {
  const failed = {
    properties: {
      operation: 'Backup',
      status: 'Failed',
      startTime: '2026-11-19T22:00:00Z',
      errorDetails: [{ errorString: 'Snapshot failed due to NO NETWORK CONNECTIVITY on the virtual machine' }],
    },
  };

  it.each([
    ['counts by its text, in any case', { lastJob: failed }, 'blocker'],
    [
      'does not count without a failed job',
      { protectedItem: { properties: { healthDetails: [{ title: 'ExtensionSnapshotFailedNoNetwork' }] } } },
      'none',
    ],
    [
      'counts from the health details beside a failed job',
      {
        lastJob: { properties: { operation: 'Backup', status: 'Failed' } },
        protectedItem: { properties: { healthDetails: [{ title: 'ExtensionSnapshotFailedNoNetwork' }] } },
      },
      'blocker',
    ],
    [
      'is cancelled by a later success',
      {
        lastJob: failed,
        protectedItem: { properties: { lastBackupStatus: 'Completed', lastBackupTime: '2026-11-20T22:00:00Z' } },
      },
      'none',
    ],
    [
      'is not cancelled by an earlier success',
      {
        lastJob: failed,
        protectedItem: { properties: { lastBackupStatus: 'Completed', lastBackupTime: '2026-11-19T21:59:59Z' } },
      },
      'blocker',
    ],
    [
      'is not cancelled by a success of the same instant, which is not later',
      {
        lastJob: failed,
        protectedItem: { properties: { lastBackupStatus: 'Completed', lastBackupTime: '2026-11-19T22:00:00Z' } },
      },
      'blocker',
    ],
    [
      'is cancelled by a later backup that is called healthy',
      {
        lastJob: failed,
        protectedItem: { properties: { lastBackupStatus: 'HEALTHY', lastBackupTime: '2026-11-20T22:00:00Z' } },
      },
      'none',
    ],
    [
      'is not cancelled by a later failure',
      {
        lastJob: failed,
        protectedItem: { properties: { lastBackupStatus: 'Failed', lastBackupTime: '2026-11-20T22:00:00Z' } },
      },
      'blocker',
    ],
    [
      'is not cancelled by a success of which the time is not known',
      { lastJob: failed, protectedItem: { properties: { lastBackupStatus: 'Completed' } } },
      'blocker',
    ],
    ['is not a job that went well', { lastJob: { properties: { ...failed.properties, status: 'Completed' } } }, 'none'],
    [
      'counts among details about other things, some of them no texts',
      {
        lastJob: {
          properties: {
            ...failed.properties,
            errorDetails: [7, null, { errorCode: 400001, errorString: 'ExtensionSnapshotFailedNoNetwork' }, 'other'],
          },
        },
      },
      'blocker',
    ],
    [
      'is not told by details that are no list',
      { lastJob: { properties: { ...failed.properties, errorDetails: 'garbage' } }, protectedItem: 'garbage' },
      'none',
    ],
    ['is not a failed restore', { lastJob: { properties: { ...failed.properties, operation: 'Restore' } } }, 'none'],
  ])('%s', (_, evidence, expected) => {
    expect(judgeReachability(network({ rest: { evidence } })).severity.vm).toBe(expected);
  });
});
