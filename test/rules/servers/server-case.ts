import type { BackupEngine, ServerItem } from '../../../lib/domain/backup-engine.ts';
import type { Confirmation } from '../../../lib/domain/confirmation.ts';
import { unknown } from '../../../lib/domain/fact.ts';
import type { Finding } from '../../../lib/domain/finding.ts';
import { armId } from '../../../lib/domain/ids.ts';
import { judgeServer, type ServerEvaluation } from '../../../lib/domain/judge-server.ts';
import type { JudgedHostVm, ServerHost } from '../../../lib/domain/server-host.ts';
import type { ServerContext, ServerRule } from '../../../lib/domain/server-rule.ts';
import type { ServerSheet, ServerVault } from '../../../lib/domain/server-sheet.ts';
import { fact, hoursAgo, now, ownSubscription, settings, vmId } from '../healthy-vm.ts';

/** What differs from a healthy server, and what a rule says of it. */
export type DifferingServer = Partial<ServerSheet> & Partial<ServerContext>;
export type ServerCase = readonly [
  what: string,
  differing: DifferingServer,
  expected:
    | { readonly outcome: 'pass' | 'fail'; readonly reason: string; readonly [field: string]: unknown }
    | { readonly outcome: 'unknown'; readonly cause: string; readonly [field: string]: unknown }
    | { readonly outcome: 'notApplicable'; readonly [field: string]: unknown },
];

const vaultId = `/subscriptions/${ownSubscription}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-weu`;

/** The vault of the server. */
export function serverVault(change: Partial<ServerVault> = {}): ServerVault {
  return {
    id: vaultId,
    name: 'rsv-weu',
    region: 'westeurope',
    resourceGroup: 'rg-backup',
    subscriptionId: ownSubscription,
    redundancy: 'GeoRedundant',
    ...change,
  };
}

/** What a server told of itself an hour ago. */
export const engineInfo = {
  databaseName: 'DPMDB_MABS01',
  protectedItems: 3,
  protectedServers: 2,
  azureProtectedInstances: 1,
  diskCount: 4,
  usedDiskSpace: 600,
  availableDiskSpace: 400,
  refreshedAt: hoursAgo(1),
};

/** A registered Azure Backup Server of the current version. */
export function engine(change: Partial<BackupEngine> = {}): BackupEngine {
  const id = `${vaultId}/backupEngines/mabs01.contoso.local`;
  return {
    id,
    key: armId(id),
    name: 'mabs01.contoso.local',
    hostName: 'mabs01.contoso.local',
    type: 'AzureBackupServerEngine',
    registrationStatus: 'Registered',
    state: 'Active',
    healthStatus: 'Healthy',
    canReRegister: true,
    engineId: '1001',
    productVersion: '14.0.30.0',
    isUpgradeAvailable: false,
    agentVersion: '2.0.9262.0',
    isAgentUpgradeAvailable: false,
    extendedInfo: engineInfo,
    ...change,
  };
}

/** An engine of which Azure does not tell some things. */
export function engineWithout(...names: readonly (keyof BackupEngine)[]): BackupEngine {
  const told = Object.entries(engine()).filter(([name]) => !names.includes(name as keyof BackupEngine));
  return Object.fromEntries(told) as unknown as BackupEngine;
}

/** A DPM server. */
export const dpm = engine({ type: 'DpmBackupEngine', productVersion: '10.22.123.0' });

/** A server of a kind that nobody knows. */
export const strange = engine({ type: 'QuantumBackupEngine' });

/** A machine that has everything that a server needs. */
export function serverHost(change: Partial<ServerHost> = {}): ServerHost {
  return {
    where: 'azure',
    vmId,
    vmSize: 'Standard_D4s_v5',
    cores: 4,
    memoryGiB: 16,
    os: 'Windows Server 2022 Datacenter',
    isServerCore: false,
    roles: [],
    isDomainJoined: true,
    sqlServer: 'bundled',
    freeGiB: 40,
    scratchGiB: 50,
    cloudDataGiB: 1000,
    protectedDataGiB: 1000,
    storageGiB: 2000,
    canReachAzure: true,
    ...change,
  };
}

/** A host of which only where it stands is known. */
export const bareHost: ServerHost = { where: 'on-premises' };

/** The VM of the server, backed up. */
export function hostVm(change: Partial<JudgedHostVm> = {}): JudgedHostVm {
  return { vmId, name: 'vm-pay', verdict: 'protected', networkFailures: [], ...change };
}

/** An item that was backed up five hours ago. */
export function serverItem(change: Partial<ServerItem> = {}): ServerItem {
  return {
    name: 'sql-01/payroll',
    engineName: 'mabs01.contoso.local',
    protectionState: 'Protected',
    latestPoint: hoursAgo(5),
    refreshedAt: hoursAgo(1),
    ...change,
  };
}

/** What Azure does not show of a machine. */
export const notExposed = unknown('not-exposed', 'Azure shows a backup server only through its vault.');

/** A word of the owner that counts for a month. */
export function confirmation(confirms: string, change: Partial<Confirmation> = {}): Confirmation {
  return {
    confirmationId: 'c1',
    serverKey: 's1',
    confirms,
    what: 'confirmed',
    by: 'Ada',
    at: hoursAgo(48),
    until: hoursAgo(-30 * 24),
    ...change,
  };
}

/** A server about which everything is known and fine, except for what is said. */
export function healthyServer(change: Partial<ServerSheet> = {}): ServerSheet {
  return {
    engine: fact(engine()),
    registrations: fact({ vaultsOfHost: ['rsv-weu'], serversInVault: 1 }),
    vault: fact(serverVault()),
    subscription: fact({ subscriptionId: ownSubscription, state: 'Enabled' }),
    items: fact([serverItem()]),
    host: fact(serverHost()),
    hostVm: fact(hostVm()),
    ...change,
  };
}

/** What some rules say of a server. */
export function judgedServer(rules: readonly ServerRule[], differing: DifferingServer): ServerEvaluation {
  const { settings: own = settings, now: at = now, confirmations = [], ...facts } = differing;
  return judgeServer(rules, healthyServer(facts), { settings: own, now: at, confirmations });
}

/** What one rule says of a server. */
export function serverFinding(rule: ServerRule, differing: DifferingServer): Finding {
  const [finding] = judgedServer([rule], differing).findings;
  if (!finding) {
    throw new Error(`Rule ${rule.id} said nothing.`);
  }
  return finding;
}
