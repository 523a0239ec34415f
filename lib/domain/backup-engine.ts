import type { ArmId } from './ids.ts';
import { isWord } from './word.ts';

/** A backup server (Azure Backup Server or DPM) as the vault shows it with which it is registered. Absent: Azure does not say. */
export interface BackupEngine {
  readonly id: string;
  readonly key: ArmId;
  /** Last part of the id. */
  readonly name: string;
  /** Name of the host; the only hint at the machine, as Azure gives no ARM id of it. */
  readonly hostName: string;
  /** `AzureBackupServerEngine` or `DpmBackupEngine`; the list is open. */
  readonly type?: string;
  /** `Registered` or another text. */
  readonly registrationStatus?: string;
  /** `Active`, `Deleting`, `DeleteFailed`. */
  readonly state?: string;
  /** Free text. */
  readonly healthStatus?: string;
  readonly canReRegister?: boolean;
  /** Azure's own id of the server, where it has one. */
  readonly engineId?: string;
  readonly productVersion?: string;
  readonly isUpgradeAvailable?: boolean;
  /** Version of the Recovery Services (MARS) agent on the server. */
  readonly agentVersion?: string;
  readonly isAgentUpgradeAvailable?: boolean;
  readonly extendedInfo?: EngineInfo;
}

/** What a server last told of itself. The unit of disk space is documented nowhere: only shares of it are used. */
export interface EngineInfo {
  readonly databaseName?: string;
  readonly protectedItems?: number;
  readonly protectedServers?: number;
  readonly azureProtectedInstances?: number;
  readonly diskCount?: number;
  readonly usedDiskSpace?: number;
  readonly availableDiskSpace?: number;
  /** When the server last told (ISO 8601 UTC): the nearest that Azure has to a last contact. */
  readonly refreshedAt?: string;
}

/** Which product a registered server is. */
export function productOf({ type }: Pick<BackupEngine, 'type'>): 'mabs' | 'dpm' | 'unknown' {
  if (isWord(type, 'AzureBackupServerEngine')) {
    return 'mabs';
  }
  return isWord(type, 'DpmBackupEngine') ? 'dpm' : 'unknown';
}

/** Registrations that a server shares its host or its vault with. */
export interface EngineRegistrations {
  /** Vaults of all registrations under the same host name or engine id, also in the same vault. */
  readonly vaultsOfHost: readonly string[];
  /** How many servers are registered with its vault. */
  readonly serversInVault: number;
}

/** Groups registrations by what they are of. Two servers may bear one short name: only all of a name or an id is the same. */
export function isSameServer(a: BackupEngine, b: BackupEngine): boolean {
  const isSameId = a.engineId !== undefined && isWord(b.engineId, a.engineId);
  return isSameId || isWord(a.hostName, b.hostName);
}

/** An item that a backup server protects and sends to the vault. Instants are ISO 8601 UTC. */
export interface ServerItem {
  readonly name: string;
  /** Name of the engine that it belongs to. */
  readonly engineName: string;
  readonly protectionState?: string;
  /** Newest recovery point on the server itself. */
  readonly latestPoint?: string;
  /** When the server last told of this item. */
  readonly refreshedAt?: string;
}
