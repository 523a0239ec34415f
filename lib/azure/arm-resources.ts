import { isRestError } from '@azure/core-rest-pipeline';
import * as z from 'zod';

import type { VmExtension } from '../domain/extension.ts';
import { known, type Source, type UnknownBecause } from '../domain/fact.ts';
import { type ArmId, resourceTypeOf } from '../domain/ids.ts';
import type { Surroundings } from '../domain/surroundings.ts';
import type { Arm } from '../use-cases/ports.ts';
import { type ArmClient, pathOf } from './arm-client.ts';
import { shortMemory } from './short-memory.ts';
import { readExtension, readSurroundings } from './surrounding-rows.ts';
import { malformed, unknownFrom } from './unknown.ts';

const compute = '2025-04-01';
const network = '2025-01-01';

/** What is read by its id: the types as Azure writes them, so that a refusal names its action so, and their versions. */
const types: readonly (readonly [type: string, version: string])[] = [
  // Disks have versions of their own.
  ['Microsoft.Compute/disks', '2024-03-02'],
  ['Microsoft.Compute/restorePointCollections', compute],
  ['Microsoft.Compute/virtualMachineScaleSets', compute],
  ['Microsoft.KeyVault/vaults', '2023-07-01'],
  ['Microsoft.Network/loadBalancers', network],
  ['Microsoft.Network/natGateways', network],
  ['Microsoft.Network/networkInterfaces', network],
  ['Microsoft.Network/networkSecurityGroups', network],
  ['Microsoft.Network/publicIPAddresses', network],
  ['Microsoft.Network/routeTables', network],
  ['Microsoft.Network/virtualNetworks', network],
];
const typeByName = new Map(types.map(([type, version]) => [type.toLowerCase(), { type, version }]));

const Collection = z.looseObject({ properties: z.looseObject({ restorePoints: z.array(z.unknown()) }) });

/** Reads of a page of ids at a time: a VM has a few dozen at most. */
const readsAtOnce = 16;

/** The path of a resource with its type as Azure writes it; `undefined` for a type that is not read. */
function addressOf(id: ArmId): { readonly path: string; readonly version: string } | undefined {
  const known = typeByName.get(resourceTypeOf(id));
  return (
    known && { path: pathOf(id).replace(`/${known.type.toLowerCase()}/`, `/${known.type}/`), version: known.version }
  );
}

type Reading = { readonly body: unknown } | { readonly id: ArmId; readonly because: UnknownBecause };

type ResourceReads = Pick<Arm, 'resources' | 'extensionsOf' | 'restorePointCollectionsOf' | 'restorePointsIn'>;

/** Single resources by their ids: fresh, where Resource Graph may lag, and with the cause where one cannot be read. */
export function createResourceReads(
  client: ArmClient,
  source: (where: string) => Source,
  now: () => Date,
): ResourceReads {
  const collections = shortMemory<Surroundings>(now);

  async function readOne(id: ArmId): Promise<Reading> {
    const address = addressOf(id);
    if (!address) {
      return { id, because: malformed(`The id ${id}`).because };
    }
    try {
      return { body: await client.get(address.path, address.version) };
    } catch (error) {
      const isAbsent = isRestError(error) && error.statusCode === 404;
      const what = isAbsent ? `Azure does not know ${id}` : `${id} could not be read`;
      return { id, because: unknownFrom(error, what).because };
    }
  }

  async function readAll(ids: readonly ArmId[]): Promise<readonly Reading[]> {
    const readings: Reading[] = [];
    for (let from = 0; from < ids.length; from += readsAtOnce) {
      readings.push(...(await Promise.all(ids.slice(from, from + readsAtOnce).map(readOne))));
    }
    return readings;
  }

  return {
    async resources(ids): Promise<Surroundings> {
      const readings = await readAll([...new Set(ids)]);
      const found = readSurroundings(readings.flatMap((reading) => ('body' in reading ? [reading.body] : [])));
      const missing = readings.flatMap((reading) =>
        'body' in reading ? [] : [[reading.id, reading.because] as const],
      );
      return { ...found, missing: new Map([...found.missing, ...missing]) };
    },
    async extensionsOf(vm) {
      try {
        const rows = await client.list(`${pathOf(vm.id)}/extensions`, compute);
        const extensions = rows.map(readExtension);
        const whole = extensions.filter((extension): extension is VmExtension => extension !== undefined);
        return whole.length === rows.length
          ? known(whole, source('ARM, extensions of the VM'))
          : malformed(`An extension of ${vm.name}`);
      } catch (error) {
        return unknownFrom(error, `The extensions of ${vm.name} could not be listed`);
      }
    },
    restorePointCollectionsOf(subscriptionId) {
      return collections(subscriptionId, async () => {
        try {
          const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/restorePointCollections`;
          const rows = await client.list(path, compute);
          return known(readSurroundings(rows), source('ARM, list of restore point collections'));
        } catch (error) {
          return unknownFrom(error, `The restore point collections of ${subscriptionId} could not be listed`);
        }
      });
    },
    async restorePointsIn(collection) {
      try {
        const path = addressOf(collection)?.path ?? pathOf(collection);
        const body = await client.get(path, compute, { $expand: 'restorePoints' });
        const points = Collection.safeParse(body).data?.properties.restorePoints;
        return points
          ? known(points.length, source('ARM, restore point collection'))
          : malformed(`The list of points of ${collection}`);
      } catch (error) {
        return unknownFrom(error, `The restore points in ${collection} could not be read`);
      }
    },
  };
}
