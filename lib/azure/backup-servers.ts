import { isRestError } from '@azure/core-rest-pipeline';
import * as z from 'zod';

import type { BackupEngine, EngineInfo, ServerItem } from '../domain/backup-engine.ts';
import { type Fact, known, type Source } from '../domain/fact.ts';
import { armId } from '../domain/ids.ts';
import { utcInstant } from '../domain/instant.ts';
import type { EnginesReading, ServerReads } from '../use-cases/server-ports.ts';
import { type ArmClient, pathOf } from './arm-client.ts';
import { count, flag, part, present, text } from './lenient.ts';
import { malformed, unknownFrom } from './unknown.ts';

/**
 * Backup servers are read plainly: the SDK takes a time without a zone for local time, and an answer without a list for an
 * empty list. A contract test holds the same reads against the SDK.
 */
const version = '2025-08-01';

/** Without it the list may lack what the servers told of themselves (that it works on a list is unconfirmed). */
const withInfo = { $filter: "expand eq 'extendedinfo'" };

/** A time as an instant in UTC; anything else is absent. */
const instant = z.string().transform(utcInstant).optional().catch(undefined);

const Info = part({
  databaseName: text,
  protectedItemsCount: count,
  protectedServersCount: count,
  azureProtectedInstances: count,
  diskCount: count,
  usedDiskSpace: count,
  availableDiskSpace: count,
  refreshedAt: instant,
});

const EngineBody = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1),
  properties: part({
    friendlyName: text,
    backupEngineType: text,
    registrationStatus: text,
    backupEngineState: text,
    healthStatus: text,
    canReRegister: flag,
    backupEngineId: text,
    dpmVersion: text,
    isDpmUpgradeAvailable: flag,
    azureBackupAgentVersion: text,
    isAzureBackupAgentUpgradeAvailable: flag,
    extendedInfo: Info,
  }),
});

function infoOf(info: z.infer<typeof Info>): EngineInfo | undefined {
  return (
    info &&
    present<EngineInfo>({
      databaseName: info.databaseName,
      protectedItems: info.protectedItemsCount,
      protectedServers: info.protectedServersCount,
      azureProtectedInstances: info.azureProtectedInstances,
      diskCount: info.diskCount,
      usedDiskSpace: info.usedDiskSpace,
      availableDiskSpace: info.availableDiskSpace,
      refreshedAt: info.refreshedAt,
    })
  );
}

function engineOf(raw: unknown): BackupEngine | undefined {
  const body = EngineBody.safeParse(raw).data;
  if (!body) {
    return undefined;
  }
  const { id, name, properties: told = {} } = body;
  return present<BackupEngine>({
    id,
    key: armId(id),
    name,
    hostName: told.friendlyName ?? name,
    type: told.backupEngineType,
    registrationStatus: told.registrationStatus,
    state: told.backupEngineState,
    healthStatus: told.healthStatus,
    canReRegister: told.canReRegister,
    engineId: told.backupEngineId,
    productVersion: told.dpmVersion,
    isUpgradeAvailable: told.isDpmUpgradeAvailable,
    agentVersion: told.azureBackupAgentVersion,
    isAgentUpgradeAvailable: told.isAzureBackupAgentUpgradeAvailable,
    extendedInfo: infoOf(told.extendedInfo),
  });
}

/** Items tell what their server told last in their extended info, which lists are taken to have (unconfirmed). */
const ItemBody = z.looseObject({
  name: z.string().min(1),
  properties: z.looseObject({
    friendlyName: text,
    // Without it the item may be that of any server of the vault.
    backupEngineName: z.string().min(1),
    protectionState: text,
    extendedInfo: part({ onPremiseLatestRecoveryPoint: instant, lastRefreshedAt: instant }),
  }),
});

function itemOf(raw: unknown): ServerItem | undefined {
  const body = ItemBody.safeParse(raw).data;
  if (!body) {
    return undefined;
  }
  const { friendlyName, backupEngineName, protectionState, extendedInfo } = body.properties;
  return present<ServerItem>({
    name: friendlyName ?? body.name,
    engineName: backupEngineName,
    protectionState,
    latestPoint: extendedInfo?.onPremiseLatestRecoveryPoint,
    refreshedAt: extendedInfo?.lastRefreshedAt,
  });
}

const managementTypes = { mabs: 'AzureBackupServer', dpm: 'DPM' };

/** The vault, or its group, is gone. That a subscription is not found may as well mean that nobody may see it. */
function isGone(error: unknown): boolean {
  return isRestError(error) && error.statusCode === 404 && /^Resource(?:Group)?NotFound$/.test(error.code ?? '');
}

/** Pages that overlap show an engine twice. */
function onePerId(engines: readonly BackupEngine[]): readonly BackupEngine[] {
  return [...new Map(engines.map((engine) => [engine.key, engine])).values()];
}

/** Reads of backup servers from Azure Backup. */
export function createVaultServerReads(client: ArmClient, now: () => Date): Pick<ServerReads, 'enginesIn' | 'itemsIn'> {
  const source = (where: string): Source => ({ where, readAt: now().toISOString() });

  /** All rows of a list below a vault; one that makes no sense makes the list unknown, as it may be the one that matters. */
  async function listed<T>(
    vaultId: string,
    list: string,
    query: Readonly<Record<string, string>>,
    understand: (raw: unknown) => T | undefined,
  ): Promise<readonly T[] | undefined> {
    const rows = await client.list(`${pathOf(vaultId)}/${list}`, version, query);
    const understood = rows.flatMap((row) => understand(row) ?? []);
    return understood.length === rows.length ? understood : undefined;
  }

  return {
    async enginesIn(vaultId): Promise<EnginesReading> {
      const name = vaultId.split('/').at(-1) ?? '';
      try {
        const engines = await listed(vaultId, 'backupEngines', withInfo, engineOf);
        return engines
          ? known(onePerId(engines), source('Azure Backup, backup engines'))
          : malformed(`A backup server of vault ${name}`);
      } catch (error) {
        return isGone(error)
          ? { kind: 'gone' }
          : unknownFrom(error, `The backup servers of vault ${name} could not be listed`);
      }
    },
    async itemsIn(vaultId, product): Promise<Fact<readonly ServerItem[]>> {
      const name = vaultId.split('/').at(-1) ?? '';
      const query = { $filter: `backupManagementType eq '${managementTypes[product]}'` };
      try {
        const items = await listed(vaultId, 'backupProtectedItems', query, itemOf);
        return items
          ? known(items, source('Azure Backup, protected items'))
          : malformed(`An item of a backup server in vault ${name}`);
      } catch (error) {
        return unknownFrom(error, `The items of backup servers in vault ${name} could not be listed`);
      }
    },
  };
}
