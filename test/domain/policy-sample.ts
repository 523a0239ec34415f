import type { AzurePolicy, PolicyAssignment, PolicyExemption } from '../../lib/domain/azure-policy.ts';
import { type ArmId, armId } from '../../lib/domain/ids.ts';
import { machine, ownSubscription } from '../rules/healthy-vm.ts';

/** The audit of backup among the built-in definitions. */
export const backupAudit = '013e242c-8828-4970-87b3-ab247555486d';
/** Backup of VMs without a given tag, deployed to an existing vault. */
export const backupDeployment = '09ce66bc-1220-4153-8104-e3f51c936913';
/** A tag that every resource group must have. */
export const groupTag = '96670d01-0a4d-4649-9c89-2d3abc0a5025';
/** A tag with a value that every resource group must have. */
export const groupTagWithValue = '8ce3da23-7156-49e4-b145-24f95f9dcb46';
/** A definition that has nothing to do with backup. */
export const allowedLocations = 'e56962a6-4747-49cd-b67b-bf8b01975c4c';

export const vmKey = machine().key;
export const subscriptionScope = armId(`/subscriptions/${ownSubscription}`);
export const managementGroup = armId('/providers/Microsoft.Management/managementGroups/mg-corp');
export const vmGroup = armId(`${subscriptionScope}/resourceGroups/rg-pay`);

/** An assignment of one definition to the subscription of the VM. */
export function assignment(definition: string, change: Partial<PolicyAssignment> = {}): PolicyAssignment {
  const { name = 'require', scope = subscriptionScope } = change;
  return {
    id: armId(`${scope}/providers/Microsoft.Authorization/policyAssignments/${name}`),
    name,
    scope,
    notScopes: [],
    definition,
    definitions: [definition],
    groupDenials: [],
    parameters: {},
    enforcementMode: 'Default',
    ...change,
  };
}

/** An assignment of a definition of the organisation itself that refuses resource groups without a tag. */
export function ownDenial(change: Partial<PolicyAssignment> = {}): PolicyAssignment {
  return assignment('own', { groupDenials: [{ definition: 'own', tag: 'costcenter' }], ...change });
}

/** An exemption of the VM from an assignment. */
export function exemption(from: PolicyAssignment, change: Partial<PolicyExemption> = {}): PolicyExemption {
  const { name = 'stateless', scope = vmKey } = change;
  return {
    id: armId(`${scope}/providers/Microsoft.Authorization/policyExemptions/${name}`),
    name,
    scope,
    assignmentId: from.id,
    category: 'Waiver',
    ...change,
  };
}

/** What Azure Policy says, from assignments and exemptions. */
export function azurePolicy(
  assignments: readonly PolicyAssignment[],
  exemptions: readonly PolicyExemption[] = [],
): AzurePolicy {
  return { assignments, exemptions };
}

/** The id of a resource group in the subscription of the VM. */
export function groupId(name: string): ArmId {
  return armId(`${subscriptionScope}/resourceGroups/${name}`);
}
