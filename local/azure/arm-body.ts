import type { EstateResource } from '../estates/estate.ts';
import { withScope } from './assigned-scope.ts';
import { isRestorePointCollection, withoutRestorePoints } from './restore-points.ts';

/** Marks of an estate that no service of Azure shows at this place. */
const estateOnly = new Set(['instanceView', 'dangling']);

/** Properties that Resource Graph adds and the REST API of Azure Backup lacks, per lower-cased type. */
const graphOnly: Readonly<Record<string, readonly string[]>> = {
  'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems': [
    'currentProtectionState',
    'dataSourceInfo',
  ],
  'microsoft.recoveryservices/vaults/backupjobs': ['dataSourceId', 'isUserTriggered'],
};

/**
 * A resource as ARM answers it: without what belongs to the estate or to Resource Graph only, without nulls, and without
 * restore points, which it shows only when they are asked for.
 */
export function armBody(resource: EstateResource): Record<string, unknown> {
  const shown = Object.entries(resource).filter(([key, value]) => value !== null && !estateOnly.has(key));
  return { ...Object.fromEntries(shown), properties: shownProperties(resource) };
}

function shownProperties(resource: EstateResource): Readonly<Record<string, unknown>> {
  const type = resource.type.toLowerCase();
  if (isRestorePointCollection(type)) return withoutRestorePoints(resource);
  const hidden = graphOnly[type];
  if (hidden === undefined) return withScope(type, resource);
  return Object.fromEntries(Object.entries(resource.properties).filter(([key]) => !hidden.includes(key)));
}
