import { isDeepStrictEqual } from 'node:util';

import type { EstateResource } from '../estates/estate.ts';
import { containerOf } from './arm-path.ts';
import { emptyRow } from './graph-row.ts';
import type { ResourceGraphRow } from './resource-graph/row.ts';
import type { Change } from './tenant.ts';

/** What a record of a change needs beside the change. */
export interface ChangeContext {
  readonly tenantId: string;
  readonly at: Date;
  readonly id: string;
  readonly correlationId: string;
}

/** A write or removal as a row of the table `resourcechanges`; Azure keeps them for 14 days. */
export function changeRow(change: Change, context: ChangeContext): ResourceGraphRow {
  const { subscriptionId, resourceGroup } = containerOf(change.id);
  const type = (change.after ?? change.before)?.type.toLowerCase() ?? '';
  const changes = change.before && change.after ? differences(change.before, change.after) : {};
  return {
    ...emptyRow,
    id: `${change.id}/providers/Microsoft.Resources/changes/${context.id}`,
    name: context.id,
    type: 'microsoft.resources/changes',
    tenantId: context.tenantId,
    resourceGroup: resourceGroup.toLowerCase(),
    subscriptionId,
    properties: {
      targetResourceId: change.id,
      targetResourceType: type,
      changeType: changeType(change),
      changeAttributes: {
        correlationId: context.correlationId,
        changedByType: 'User',
        changesCount: Object.keys(changes).length,
        clientType: 'Unspecified',
        changedBy: 'platform.engineer@example.com',
        operation: `${type}/${change.after === undefined ? 'delete' : 'write'}`,
        timestamp: context.at.toISOString(),
      },
      changes,
    },
  };
}

function changeType({ before, after }: Change): string {
  if (after === undefined) return 'Delete';
  return before === undefined ? 'Create' : 'Update';
}

/** Tags and top-level properties that differ, by path. */
function differences(before: EstateResource, after: EstateResource): Record<string, unknown> {
  const [old, current] = [flat(before), flat(after)];
  const paths = [...new Set([...Object.keys(old), ...Object.keys(current)])];
  return Object.fromEntries(
    paths
      .filter((path) => !isDeepStrictEqual(old[path], current[path]))
      .map((path) => [path, { previousValue: old[path], newValue: current[path], changeCategory: 'User' }]),
  );
}

function flat({ tags, properties }: EstateResource): Readonly<Record<string, unknown>> {
  return Object.fromEntries([
    ...Object.entries(tags ?? {}).map(([key, value]) => [`tags.${key}`, value]),
    ...Object.entries(properties).map(([key, value]) => [`properties.${key}`, value]),
  ]);
}
