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
    ['is not a failed restore', { lastJob: { properties: { ...failed.properties, operation: 'Restore' } } }, 'none'],
  ])('%s', (_, evidence, expected) => {
    expect(judgeReachability(network({ rest: { evidence } })).severity.vm).toBe(expected);
  });
});
