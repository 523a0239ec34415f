import * as z from 'zod';

import type { EstateResource } from '../estates/estate.ts';
import { withScope } from './assigned-scope.ts';
import { instanceViewOf } from './instance-view.ts';
import { isRestorePointCollection, withoutRestorePoints } from './restore-points.ts';
import type { RowContext } from './row-context.ts';

type Properties = Readonly<Record<string, unknown>>;

/**
 * The `properties` column: ARM's, with what Resource Graph adds to VMs, protected items and backup jobs. `type` is the
 * lower-cased type of the resource.
 */
export function graphProperties(type: string, resource: EstateResource, context: RowContext): Properties {
  switch (type) {
    case 'microsoft.compute/virtualmachines':
      return { ...resource.properties, extended: { instanceView: extendedView(resource, context) } };
    case 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems':
      return {
        ...currentProtectionState(resource.properties),
        ...resource.properties,
        dataSourceInfo: dataSource(resource, context),
      };
    case 'microsoft.recoveryservices/vaults/backupjobs':
      return { isUserTriggered: false, ...resource.properties };
    default:
      return isRestorePointCollection(type) ? withoutRestorePoints(resource) : withScope(type, resource);
  }
}

const slowFields = ['computerName', 'osName', 'osVersion', 'hyperVGeneration'] as const;

/**
 * Power state, and what the guest says of its system. The guest agent is not here: no documentation lists it
 * (unconfirmed), and what is not documented nobody may rely on.
 */
function extendedView(vm: EstateResource, { now, showsSlowFields }: RowContext): Properties {
  const view = instanceViewOf(vm, now);
  const powerState = powerStateOf(view['statuses']);
  const slow = slowFields.filter((field) => showsSlowFields && view[field] !== undefined);
  return {
    ...(powerState === undefined ? {} : { powerState }),
    ...Object.fromEntries(slow.map((field) => [field, view[field]])),
  };
}

function powerStateOf(statuses: unknown): unknown {
  if (!Array.isArray(statuses)) return undefined;
  return statuses.find((status: { readonly code?: unknown } | null) => String(status?.code).startsWith('PowerState/'));
}

/** The machine behind an item; it stands in the region of the vault. What an estate says itself comes first. */
function dataSource({ id, location, properties }: EstateResource, { vaultLocationOf }: RowContext): Properties {
  return {
    datasourceType: properties['protectedItemType'],
    resourceID: properties['sourceResourceId'],
    resourceLocation: location ?? vaultLocationOf(id),
    ...Given.parse(properties['dataSourceInfo']),
  };
}

const Given = z.looseObject({}).catch({});

/**
 * Resource Graph's own word for the protection state, in the documented values. For paused, suspended and invalid
 * items none is documented: the column is then missing. That a first backup pending counts as configured is unconfirmed.
 */
function currentProtectionState(properties: Properties): Properties {
  if (properties['isScheduledForDeferredDelete'] === true) return { currentProtectionState: 'SoftDeleted' };
  switch (properties['protectionState']) {
    case 'Protected':
    case 'IRPending':
      return { currentProtectionState: 'ProtectionConfigured' };
    case 'ProtectionStopped':
    case 'ProtectionError':
      return { currentProtectionState: properties['protectionState'] };
    default:
      return {};
  }
}
