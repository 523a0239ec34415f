import type { EstateResource } from '../estates/estate.ts';
import { scopeOfExtension } from './arm-path.ts';

const assigned = new Set(['microsoft.authorization/policyassignments', 'microsoft.authorization/roleassignments']);

/**
 * The properties of a resource of a lower-cased type; those of an assignment always tell its scope, which an estate may
 * leave to the id.
 */
export function withScope(type: string, { id, properties }: EstateResource): Readonly<Record<string, unknown>> {
  if (!assigned.has(type)) return properties;
  const scope = scopeOfExtension(id);
  return { scope: scope === '' ? '/' : scope, ...properties };
}
