import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readItem, readJob } from '../../lib/azure/backup-rows.ts';
import { itemId, policyId, vaultId, vmId } from '../contract/test-estate.ts';
import { mutationsOf } from './mutations.ts';

const itemRow = {
  id: itemId('web1'),
  name: 'item',
  location: 'westeurope',
  sourceResourceId: vmId('web1'),
  protectionState: 'Protected',
  currentProtectionState: 'ProtectionConfigured',
  lastRecoveryPoint: '2026-11-19T22:31:00Z',
  policyId: policyId(),
  isScheduledForDeferredDelete: false,
  deferredDeleteTimeInUTC: '',
  softDeleteRetentionPeriodInDays: null,
};

describe('a protected item', () => {
  test('is told with its vault, policy and source', () => {
    expect(readItem(itemRow)).toEqual({
      source: vmId('web1').toLowerCase(),
      item: {
        id: itemId('web1'),
        key: itemId('web1').toLowerCase(),
        vaultId: vaultId().toLowerCase(),
        vaultName: 'rsv-shop',
        vaultResourceGroup: 'rg-backup',
        vaultRegion: 'westeurope',
        containerName: 'IaasVMContainer;iaasvmcontainerv2;rg-shop;web1',
        itemName: 'VM;iaasvmcontainerv2;rg-shop;web1',
        protectionState: 'Protected',
        policyId: policyId().toLowerCase(),
        policyName: 'EnhancedPolicy',
        lastRecoveryPoint: '2026-11-19T22:31:00Z',
        softDeleted: false,
      },
    });
  });

  test.each([
    ['', 'ProtectionConfigured', 'Protected'],
    ['', 'ConfiguringProtection', 'IRPending'],
    ['', 'ConfiguringProtectionFailed', 'ProtectionError'],
    ['', 'ProtectionStopped', 'ProtectionStopped'],
    ['', 'constructor', 'constructor'],
    ['BackupsSuspended', 'ProtectionConfigured', 'BackupsSuspended'],
    ['', '', ''],
  ])(
    'in the state %j and, in the words of Resource Graph, %j is %j',
    (protectionState, currentProtectionState, state) => {
      expect(readItem({ ...itemRow, protectionState, currentProtectionState })?.item.protectionState).toBe(state);
    },
  );

  test.each([
    [{ isScheduledForDeferredDelete: true }, true],
    [{ currentProtectionState: 'SoftDeleted' }, true],
    [{ isScheduledForDeferredDelete: null }, false],
    [{ isScheduledForDeferredDelete: undefined }, false],
  ])('with %j is soft-deleted: %s', (change, softDeleted) => {
    expect(readItem({ ...itemRow, ...change })?.item.softDeleted).toBe(softDeleted);
  });

  test('of a classic VM is one of another kind, and nobody else’s', () => {
    const source = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ClassicCompute/virtualMachines/old';

    expect(readItem({ ...itemRow, sourceResourceId: source })?.source).toBe(source.toLowerCase());
    expect(
      readItem({ ...itemRow, sourceResourceId: source.replace('virtualMachines', 'domainNames') }),
    ).toBeUndefined();
  });

  test.each([
    ['2026-11-10T00:00:00Z', 14, '2026-11-24T00:00:00.000Z'],
    ['2026-11-10T00:00:00Z', null, undefined],
    ['', 14, undefined],
    ['2026-11-10T00:00:00Z', 2_147_483_647, undefined],
  ])(
    'deleted at %j and kept for %j days stays until %j',
    (deferredDeleteTimeInUTC, softDeleteRetentionPeriodInDays, until) => {
      const row = { ...itemRow, deferredDeleteTimeInUTC, softDeleteRetentionPeriodInDays };

      expect(readItem(row)?.item.softDeletedUntil).toBe(until);
    },
  );

  test('without a backup has no recovery point, also where Azure writes the year 2001 for never', () => {
    expect(readItem({ ...itemRow, lastRecoveryPoint: '2001-01-01T00:00:00Z' })?.item).not.toHaveProperty(
      'lastRecoveryPoint',
    );
    expect(readItem({ ...itemRow, lastRecoveryPoint: '' })?.item).not.toHaveProperty('lastRecoveryPoint');
  });

  test('that was stopped may have no policy', () => {
    expect(readItem({ ...itemRow, policyId: '' })?.item).not.toHaveProperty('policyId');
  });

  test.each([
    [null],
    [{}],
    [{ ...itemRow, id: vaultId() }],
    [{ ...itemRow, sourceResourceId: '' }],
    [{ ...itemRow, sourceResourceId: null }],
    [{ ...itemRow, isScheduledForDeferredDelete: 'yes' }],
  ])('that makes no sense is none: %j', (raw) => {
    expect(readItem(raw)).toBeUndefined();
  });
});

describe('how the backups of an item go', () => {
  const detail = { code: 380008, title: 'AzureVmOffline', message: 'The VM is off.', recommendations: ['Start it.'] };

  test.each<[object, object]>([
    [
      { lastBackupStatus: 'Failed', lastBackupTime: '2026-11-19T22:31:00Z' },
      { lastBackupStatus: 'Failed', lastBackupTime: '2026-11-19T22:31:00Z' },
    ],
    [{ healthStatus: 'ActionRequired', healthDetails: [detail] }, { healthDetails: [{ ...detail, code: '380008' }] }],
    [
      { healthDetails: [{ code: 'X' }] },
      { healthDetails: [{ code: 'X', title: '', message: '', recommendations: [] }] },
    ],
    [
      { diskExclusion: { diskLunList: [1], isInclusionList: true } },
      { diskExclusion: { luns: [1], isInclusionList: true } },
    ],
    [{ policyInconsistent: true }, { policyInconsistent: true }],
  ])('%j is read', (row, read) => {
    expect(readItem({ ...itemRow, ...row })?.item).toMatchObject(read);
  });

  test.each([
    ['lastBackupTime', '2001-01-01T00:00:00Z'],
    ['lastBackupStatus', ''],
    ['healthStatus', null],
    ['healthDetails', 'nonsense'],
    ['diskExclusion', null],
    ['policyInconsistent', 'maybe'],
  ])('%s %j is nothing that is known', (name, value) => {
    expect(readItem({ ...itemRow, [name]: value })?.item).not.toHaveProperty(name);
  });

  test('an exclusion that makes no sense never passes for a whole backup', () => {
    expect(readItem({ ...itemRow, diskExclusion: { diskLunList: 'all' } })).toBeUndefined();
  });
});

test('a job is told with its container, its operation and its codes', () => {
  const row = {
    name: 'j',
    vaultId: vaultId(),
    containerName: 'c',
    operation: 'Backup',
    status: 'Failed',
    startTime: '2026-11-19T22:30:00Z',
  };

  expect(
    readJob({
      ...row,
      errorDetails: [{ errorCode: 400124, errorTitle: 'NoNetwork' }, { errorString: 'x' }, { errorTitle: 5 }],
    }),
  ).toEqual({
    vaultId: vaultId().toLowerCase(),
    containerName: 'c',
    job: {
      name: 'j',
      operation: 'Backup',
      status: 'Failed',
      startedAt: '2026-11-19T22:30:00Z',
      errorCodes: ['400124'],
      errorTexts: ['NoNetwork', 'x'],
    },
  });
  expect(readJob({ ...row, errorDetails: null })?.job).toMatchObject({ errorCodes: [] });
  expect(readJob({ ...row, errorDetails: null })?.job).not.toHaveProperty('errorTexts');
  expect(readJob({ ...row, status: '' })).toBeUndefined();
  expect(readJob({ ...row, containerName: '' })).toBeUndefined();
  expect(readJob({ ...row, containerName: '', dataSourceId: '/VMs/A' })).toMatchObject({ vm: '/vms/a' });
  expect(readJob({ ...row, startTime: null })).toBeUndefined();
});

const deletedRow = { ...itemRow, protectionState: 'ProtectionStopped', isScheduledForDeferredDelete: true };

test('no broken row makes a parser throw, and no item that is being deleted becomes a live one', () => {
  const anyRow = fc.oneof(mutationsOf(deletedRow), fc.anything());

  fc.assert(
    fc.property(anyRow, (raw) => {
      const item = readItem(raw)?.item;
      expect([readJob(raw)]).toHaveLength(1);
      expect(item === undefined || typeof item.protectionState === 'string').toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('an item that is being deleted is never read as a live one while the flag is there', () => {
  const { isScheduledForDeferredDelete: _, ...others } = deletedRow;

  fc.assert(
    fc.property(mutationsOf(others), fc.constantFrom<unknown>(true, 'true', 1, 'yes', {}), (raw, flag) => {
      const row = { ...(raw as object | null), isScheduledForDeferredDelete: flag };
      expect(readItem(row)?.item.softDeleted ?? true).toBe(true);
    }),
    { numRuns: 300 },
  );
});
