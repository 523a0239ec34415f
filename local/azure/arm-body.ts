import type { EstateResource } from '../estates/estate.ts';

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

/** A resource as ARM answers it: without what belongs to the estate or to Resource Graph only, and without nulls. */
export function armBody(resource: EstateResource): Record<string, unknown> {
  const shown = Object.entries(resource).filter(([key, value]) => value !== null && !estateOnly.has(key));
  return { ...Object.fromEntries(shown), properties: withoutGraphColumns(resource) };
}

function withoutGraphColumns({ type, properties }: EstateResource): Record<string, unknown> {
  const hidden = graphOnly[type.toLowerCase()];
  if (hidden === undefined) return properties;
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !hidden.includes(key)));
}
