import type { ArmId } from './ids.ts';

const managementGroup = '/providers/microsoft.management/';

/** Whether a resource is the scope or lies below it, both by their ids. */
export function isWithin(resource: ArmId, scope: ArmId): boolean {
  return resource === scope || resource.startsWith(`${scope}/`);
}

/** Whether a scope of Azure Policy contains a resource: of management groups only those above the VM are read. */
export function contains(scope: ArmId, resource: ArmId): boolean {
  return scope.startsWith(managementGroup) || isWithin(resource, scope);
}
