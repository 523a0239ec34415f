import * as z from 'zod';

import type { DiskResource } from '../domain/disk-resource.ts';
import type { VmExtension } from '../domain/extension.ts';
import type { UnknownBecause } from '../domain/fact.ts';
import { type ArmId, armId, resourceTypeOf } from '../domain/ids.ts';
import type { KeyVault } from '../domain/key-access.ts';
import { anyCollection, extensionsOf, type NicOfVm, type Surroundings } from '../domain/surroundings.ts';
import { readDisk } from './disk-row.ts';
import { readKeyVault } from './key-vault-row.ts';
import { part, text } from './lenient.ts';
import { readNic, readPublicIpAllocation } from './nic-row.ts';
import { malformed } from './unknown.ts';

/** Surroundings that are being gathered. */
class Gathering implements Surroundings {
  readonly disks = new Map<ArmId, DiskResource>();
  readonly nics = new Map<ArmId, NicOfVm>();
  readonly publicIps = new Map<ArmId, string>();
  readonly extensions = new Map<ArmId, readonly VmExtension[]>();
  readonly restorePoints = new Map<ArmId, readonly ArmId[]>();
  readonly scaleSets = new Map<ArmId, string>();
  readonly keyVaults = new Map<ArmId, KeyVault>();
  readonly networkRows = new Map<ArmId, unknown>();
  readonly missing = new Map<ArmId, UnknownBecause>();
}

/** Takes a row in; answers the id of what is missing now if the row makes no sense. */
type Take = (row: unknown, id: ArmId, into: Gathering) => ArmId | undefined;

function put<T>(map: Map<ArmId, T>, id: ArmId, value: T | undefined): ArmId | undefined {
  if (value === undefined) {
    return id;
  }
  map.set(id, value);
  return undefined;
}

function add<T>(map: Map<ArmId, readonly T[]>, id: ArmId, value: T): undefined {
  map.set(id, [...(map.get(id) ?? []), value]);
}

const ExtensionRow = z.looseObject({
  name: z.string(),
  properties: z.looseObject({ publisher: z.string(), type: z.string(), provisioningState: text }),
});

/** An extension of a VM, as ARM sends it and as the row of the query `surroundings` has it. */
export function readExtension(raw: unknown): VmExtension | undefined {
  const row = ExtensionRow.safeParse(raw);
  if (!row.success) {
    return undefined;
  }
  const { publisher, type, provisioningState } = row.data.properties;
  return { name: row.data.name, publisher, type, provisioningState: provisioningState ?? '' };
}

const CollectionRow = z.looseObject({ properties: z.looseObject({ source: z.looseObject({ id: z.string() }) }) });
const ScaleSetRow = z.looseObject({ properties: part({ orchestrationMode: text }) });

const takeExtension: Take = (row, id, into) => {
  const extension = readExtension(row);
  const vm = armId(id.split('/extensions/')[0] ?? '');
  return extension ? add(into.extensions, vm, extension) : extensionsOf(vm);
};

const takeCollection: Take = (row, id, into) => {
  const source = CollectionRow.safeParse(row).data?.properties.source.id;
  return source === undefined ? anyCollection : add(into.restorePoints, armId(source), id);
};

/** A scale set that does not tell its mode is an old one (documented: absent = Uniform). */
const takeScaleSet: Take = (row, id, into) => {
  const read = ScaleSetRow.safeParse(row);
  return put(into.scaleSets, id, read.success ? (read.data.properties?.orchestrationMode ?? 'Uniform') : undefined);
};

const takeNic: Take = (row, id, into) => {
  const nic = readNic(row);
  // The network rules read the row by themselves, and say what they miss in it.
  return put(into.nics, id, nic && { nic, row });
};

const takeNetworkRow: Take = (row, id, into) => put(into.networkRows, id, row);

const takers: ReadonlyMap<string, Take> = new Map<string, Take>([
  ['microsoft.compute/disks', (row, id, into) => put(into.disks, id, readDisk(row))],
  ['microsoft.compute/restorepointcollections', takeCollection],
  ['microsoft.compute/virtualmachines/extensions', takeExtension],
  ['microsoft.compute/virtualmachinescalesets', takeScaleSet],
  ['microsoft.keyvault/vaults', (row, id, into) => put(into.keyVaults, id, readKeyVault(row))],
  ['microsoft.network/networkinterfaces', takeNic],
  ['microsoft.network/publicipaddresses', (row, id, into) => put(into.publicIps, id, readPublicIpAllocation(row))],
]);

const Row = z.looseObject({ id: z.string().min(1) });

/** Sorts rows by what they are. One that makes no sense is missing, and that is why; one without an id is nobody's. */
export function readSurroundings(rows: readonly unknown[]): Surroundings {
  const into = new Gathering();
  for (const raw of rows) {
    const row = Row.safeParse(raw);
    if (row.success) {
      const id = armId(row.data.id);
      const take = takers.get(resourceTypeOf(id)) ?? takeNetworkRow;
      const missing = take(row.data, id, into);
      if (missing !== undefined) {
        into.missing.set(missing, malformed(`The resource ${id}`).because);
      }
    }
  }
  return into;
}
