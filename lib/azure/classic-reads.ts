import * as z from 'zod';

import type { Fact } from '../domain/fact.ts';
import { region, resourceGroupOf, resourceTypeOf, subscriptionOf } from '../domain/ids.ts';
import type { ClassicVm, HeldItem, Resource } from '../domain/resource.ts';
import type { Inventory } from '../use-cases/ports.ts';
import { type GraphReader, mapKnown, parsed } from './graph-reader.ts';
import type { GraphScope } from './resource-graph.ts';

const ResourceRow = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  location: z.string().catch(''),
  reservedIps: z
    .array(z.looseObject({ name: z.string().optional().catch(undefined) }))
    .optional()
    .catch(undefined),
  inputEndpoints: z.array(z.unknown()).optional().catch(undefined),
});
type ResourceRow = z.infer<typeof ResourceRow>;

function resourceOf({ id, name, location }: Pick<ResourceRow, 'id' | 'name' | 'location'>): Resource {
  return {
    id,
    name,
    type: resourceTypeOf(id),
    resourceGroup: resourceGroupOf(id) ?? '',
    subscriptionId: subscriptionOf(id) ?? '',
    region: region(location),
  };
}

function classicVmOf(row: ResourceRow): ClassicVm {
  const { reservedIps, inputEndpoints } = row;
  return {
    ...resourceOf(row),
    ...(reservedIps ? { reservedIps: reservedIps.map(({ name }) => name ?? '(unnamed)') } : {}),
    ...(inputEndpoints ? { endpoints: inputEndpoints.length } : {}),
  };
}

/** The vault, the container and the item in an id; the published example of a classic item leaves out the fabric. */
const itemPath =
  /^(.*\/vaults\/([^/]+))(?:\/backupFabrics\/[^/]+)?\/protectionContainers\/([^/]+)\/protectedItems\/([^/]+)$/i;

const ItemRow = ResourceRow.extend({ friendlyName: z.string().min(1).optional().catch(undefined) });

function classicItemOf(row: z.infer<typeof ItemRow>): HeldItem {
  const [, , vaultName = '', containerName = '', itemName = ''] = itemPath.exec(row.id) ?? [];
  const name = row.friendlyName ?? itemName.split(';').at(-1) ?? row.name;
  return { ...resourceOf(row), name, vaultName, containerName, itemName };
}

const CellRow = z.looseObject({ sourceSubscription: z.string(), location: z.string() });

function ofType(rows: Fact<readonly ResourceRow[]>, begins: string): Fact<readonly ResourceRow[]> {
  return mapKnown(rows, (all) => all.filter(({ id }) => resourceTypeOf(id).startsWith(begins)));
}

/** What is left of classic Azure, and where items of VMs stand. */
export function createClassicReads(
  { readWhole }: GraphReader,
  scope: GraphScope,
): Pick<Inventory, 'classicResources' | 'itemCells'> {
  return {
    async classicResources() {
      const rows = await readWhole('classicResources', scope, parsed(ResourceRow));
      const items = await readWhole('classicItems', {}, parsed(ItemRow));
      return {
        classicVms: mapKnown(ofType(rows, 'microsoft.classiccompute/'), (vms) => vms.map(classicVmOf)),
        classicStorageAccounts: mapKnown(ofType(rows, 'microsoft.classicstorage/'), (all) => all.map(resourceOf)),
        classicBackupVaults: mapKnown(ofType(rows, 'microsoft.backup/'), (all) => all.map(resourceOf)),
        classicItems: mapKnown(items, (all) => all.map(classicItemOf)),
      };
    },
    async itemCells() {
      const rows = await readWhole('itemCells', {}, parsed(CellRow));
      return mapKnown(rows, (cells) =>
        cells.flatMap(({ sourceSubscription, location }) =>
          sourceSubscription === '' ? [] : [{ subscriptionId: sourceSubscription, region: region(location) }],
        ),
      );
    },
  };
}
