import type { EstateResource } from '../estates/estate.ts';
import { containerOf } from './arm-path.ts';
import { graphProperties } from './graph-properties.ts';
import type { ResourceGraphRow } from './resource-graph/row.ts';
import type { RowContext } from './row-context.ts';

/** A resource as its row in Resource Graph: type, region and group in lower case, the id as it was first written. */
export function graphRowOf(resource: EstateResource, context: RowContext): ResourceGraphRow {
  const { subscriptionId, resourceGroup } = containerOf(resource.id);
  const type = graphType(lowerCased(resource.type));
  const location = resource.location ?? context.vaultLocationOf(resource.id);
  return {
    ...emptyRow,
    id: resource.id,
    name: resource.name,
    type,
    tenantId: context.tenantId,
    kind: text(resource['kind']),
    location: lowerCased(location),
    resourceGroup: lowerCased(resourceGroup),
    subscriptionId,
    managedBy: text(resource['managedBy']),
    sku: resource['sku'] ?? null,
    plan: resource['plan'] ?? null,
    properties: graphProperties(type, resource, context),
    tags: resource.tags ?? null,
    identity: resource['identity'] ?? null,
    zones: resource['zones'] ?? null,
    extendedLocation: resource['extendedLocation'] ?? null,
  };
}

/** All sixteen columns, empty: texts are never null in Resource Graph, the dynamic columns are. */
export const emptyRow = {
  id: '',
  name: '',
  type: '',
  tenantId: '',
  kind: '',
  location: '',
  resourceGroup: '',
  subscriptionId: '',
  managedBy: '',
  sku: null,
  plan: null,
  properties: null,
  tags: null,
  identity: null,
  zones: null,
  extendedLocation: null,
} satisfies ResourceGraphRow;

/** ARM itself calls a resource group by a shorter type than Resource Graph does. */
const graphType = (type: string): string =>
  type === 'microsoft.resources/resourcegroups' ? 'microsoft.resources/subscriptions/resourcegroups' : type;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const known = new Map<string, string>();

/** Lower case, one string for all rows with the same type, region or group: there are hundreds of thousands of rows. */
function lowerCased(value: string): string {
  const lower = known.get(value) ?? value.toLowerCase();
  known.set(value, lower);
  return lower;
}
