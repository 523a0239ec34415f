import type { Estate } from './estate.ts';
import { backupServiceId } from './key-vaults.ts';
import { bareRegion, diskBackupRegion } from './names.ts';
import { newVaultNames } from './new-vault-plants.ts';

/** The settings that the usual estate depends on, with Backstop's names. */
export const usualSettings: Estate['settings'] = {
  rpoHours: 26,
  minRetentionDays: 30,
  minSoftDeleteDays: 14,
  allowedRedundancy: ['GeoRedundant', 'ZoneRedundant'],
  allowCrossSubscriptionVaults: false,
  expectedVaults: [],
  autoEnable: false,
  defaultPolicyName: 'EnhancedPolicy',
  exclusionTagName: 'backstop-exclude',
  exclusionTagValues: ['true'],
  exclusionUntilTagName: 'backstop-exclude-until',
  environmentTagNames: ['environment', 'env'],
  defaultEnvironment: 'prod',
  environments: { nonprod: { rpoHours: 192 }, sandbox: { rpoHours: 192 } },
};

/** The settings under which every plant can show what it is: environments that ask for more, names for new vaults. */
export function thoroughSettings(seed: number, expectedVaults: readonly string[]): Estate['settings'] {
  return {
    ...usualSettings,
    autoEnable: true,
    expectedVaults,
    backupApiVersion: '2023-06-01',
    exemptLunsTagName: 'backstop-exempt-luns',
    rpoStartWindowHours: 2,
    rpoGraceHoursDaily: 6,
    rpoGraceHoursHourly: 2,
    initialBackupGraceHours: 48,
    backupManagementServiceObjectId: backupServiceId(seed),
    createVaults: true,
    newVaultNames: newVaultNames([bareRegion, diskBackupRegion]),
    environments: {
      nonprod: { rpoHours: 192 },
      sandbox: { rpoHours: 192 },
      fast: { rpoHours: 4 },
      archive: { minRetentionDays: 180 },
      swift: { minInstantRestoreDays: 14 },
      zoned: { allowedRedundancy: ['ZoneRedundant'] },
      critical: { requireCrossRegionRestore: true },
      guarded: { minSoftDeleteDays: 30 },
      hardened: { minImmutability: 'Locked' },
      zonal: { requireZoneRestore: true },
    },
  };
}
