import type { EstateResource } from './estate.ts';
import { type Random, randomStream } from './random.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** What is planted into a backup server. */
export const serverPlants = [
  'healthy',
  'silent for 11 days',
  'healthy DPM',
  'silent for 20 days',
  'old agent',
  'full disks',
  'no refresh date',
  'unknown type',
  'stale items',
  'registered twice',
] as const;
export type ServerPlant = (typeof serverPlants)[number];

/** A backup server of an estate, by the id as it is written there, and what it is to show. */
export type PlantedServer = { readonly id: string; readonly plant: ServerPlant };

type Properties = EstateResource['properties'];

type Server = {
  readonly vault: EstateResource;
  readonly name: string;
  readonly plant: ServerPlant;
  readonly now: number;
  readonly random: Random;
};

/** Hours since a server last told something. */
function silenceOf(plant: ServerPlant): number {
  switch (plant) {
    case 'silent for 11 days':
      return 11 * 24;
    case 'silent for 20 days':
      return 20 * 24;
    default:
      return 1;
  }
}

function infoOf({ plant, now, random }: Server): Properties {
  const used = 400 + random.int(400);
  const free = plant === 'full disks' ? Math.floor(used / 20) : used;
  const refreshedAt = new Date(now - silenceOf(plant) * hour).toISOString();
  return {
    databaseName: 'DPMDB',
    protectedItemsCount: 2,
    protectedServersCount: 1 + random.int(5),
    azureProtectedInstances: 1,
    diskCount: 2 + random.int(6),
    usedDiskSpace: used,
    availableDiskSpace: free,
    ...(plant === 'no refresh date' ? {} : { refreshedAt }),
  };
}

/** Versions as on servers of the time; what stands for which release is unconfirmed. */
function engineOf(server: Server): EstateResource {
  const { vault, name, plant, random } = server;
  const isDpm = plant === 'healthy DPM';
  const kinds = { 'unknown type': 'QuantumBackupEngine', 'healthy DPM': 'DpmBackupEngine' } as const;
  const isKind = (key: ServerPlant): key is keyof typeof kinds => key in kinds;
  return {
    id: `${vault.id}/backupEngines/${name}`,
    name,
    type: 'Microsoft.RecoveryServices/vaults/backupEngines',
    properties: {
      friendlyName: name,
      backupManagementType: isDpm ? 'DPM' : 'AzureBackupServer',
      backupEngineType: isKind(plant) ? kinds[plant] : 'AzureBackupServerEngine',
      registrationStatus: 'Registered',
      backupEngineState: 'Active',
      healthStatus: 'Healthy',
      canReRegister: true,
      backupEngineId: random.guid(),
      dpmVersion: isDpm ? '10.22.148.0' : '14.0.42.0',
      isDpmUpgradeAvailable: false,
      azureBackupAgentVersion: plant === 'old agent' ? '2.0.9083.0' : '2.0.9270.0',
      isAzureBackupAgentUpgradeAvailable: plant === 'old agent',
      extendedInfo: infoOf(server),
    },
  };
}

function itemOf(server: Server, source: string): EstateResource {
  const { vault, name, plant, now } = server;
  const container = `DPMContainer;${name}`;
  const silence = silenceOf(plant) * hour;
  const age = plant === 'stale items' ? 4 * day : 6 * hour;
  return {
    id: `${vault.id}/backupFabrics/Azure/protectionContainers/${container}/protectedItems/dpm;${source}`,
    name: `dpm;${source}`,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems',
    ...(vault.location === undefined ? {} : { location: vault.location }),
    properties: {
      protectedItemType: 'DPMProtectedItem',
      backupManagementType: plant === 'healthy DPM' ? 'DPM' : 'AzureBackupServer',
      workloadType: 'SQLDB',
      friendlyName: source,
      backupEngineName: name,
      protectionState: 'Protected',
      extendedInfo: {
        ...(plant === 'no refresh date' ? {} : { lastRefreshedAt: new Date(now - silence).toISOString() }),
        onPremiseLatestRecoveryPoint: new Date(now - silence - age).toISOString(),
        lastBackupStatus: 'Completed',
        isPresentOnCloud: true,
        protectionGroupName: 'Daily',
      },
    },
  };
}

/** How an estate gets its backup servers. */
export type ServerOptions = {
  readonly seed: number;
  /** Milliseconds since 1970: the instant at which the estate is judged. */
  readonly now: number;
  readonly servers: number;
  readonly resources: readonly EstateResource[];
};

/**
 * Backup servers, registered with the vaults of an estate one after the other, with what they protect. The plants take turns:
 * ten servers show each of them once; one that is registered twice is so in the next vault, if there is one, or the same.
 */
export function backupServers({ seed, now, servers, resources }: ServerOptions): {
  readonly resources: readonly EstateResource[];
  readonly planted: readonly PlantedServer[];
} {
  const vaults = resources.filter(({ type }) => type === 'Microsoft.RecoveryServices/vaults');
  const made: EstateResource[] = [];
  const planted: PlantedServer[] = [];
  for (let number = 0; number < servers && vaults.length > 0; number++) {
    const [vault, next] = [vaults[number % vaults.length], vaults[(number + 1) % vaults.length]];
    if (!vault || !next) break;
    const plant = serverPlants[number % serverPlants.length] ?? 'healthy';
    const name = `mabs${String(number + 1).padStart(2, '0')}.corp.example`;
    const random = randomStream(seed, 'backup servers', number);
    const server: Server = { vault, name, plant, now, random };
    const engine = engineOf(server);
    const again =
      plant === 'registered twice' && next !== vault ? [{ ...engine, id: `${next.id}/backupEngines/${name}` }] : [];
    const items =
      plant === 'unknown type' ? [] : [itemOf(server, `sql-${number + 1}`), itemOf(server, `share-${number + 1}`)];
    made.push(engine, ...again, ...items);
    planted.push(...[engine, ...again].map(({ id }) => ({ id, plant })));
  }
  return { resources: made, planted };
}
