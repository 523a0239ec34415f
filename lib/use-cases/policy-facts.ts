import type { AzurePolicy } from '../domain/azure-policy.ts';
import { type Fact, known, unknown } from '../domain/fact.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import type { ArmId } from '../domain/ids.ts';
import type { Machine } from '../domain/machine.ts';
import { byPlace } from './by-place.ts';
import type { Containers } from './ports.ts';
import type { SubscriptionFacts } from './subscription-facts.ts';

/** Says what Azure Policy holds for one VM after the other; the VMs of a resource group share it. */
export interface PolicyFacts {
  of(vm: Machine): FactSheet['azurePolicy'];
}

const managementGroups = '/providers/microsoft.management/managementgroups/';

/** Whether a scope contains a resource group, or lies in it, where only single resources do. */
function concernsGroup(scope: ArmId, group: string, above: readonly string[]): boolean {
  if (scope.startsWith(managementGroups)) {
    return above.includes(scope.slice(managementGroups.length));
  }
  return scope === '' || group === scope || group.startsWith(`${scope}/`) || scope.startsWith(`${group}/`);
}

/** An assignment that leaves out a management group above the VMs is none for them. */
function leavesOut(notScopes: readonly ArmId[], above: readonly string[]): boolean {
  return notScopes.some((scope) => above.some((name) => scope === `${managementGroups}${name}`));
}

function policyOfGroup({ assignments, exemptions }: AzurePolicy, group: string, above: readonly string[]): AzurePolicy {
  return {
    assignments: assignments.filter(
      ({ scope, notScopes }) => concernsGroup(scope, group, above) && !leavesOut(notScopes, above),
    ),
    exemptions: exemptions.filter(({ scope }) => concernsGroup(scope, group, above)),
  };
}

/** What is put on single resources concerns only those. */
function ofVm(policy: AzurePolicy, vm: Machine, group: string): AzurePolicy {
  const concerns = ({ scope }: { readonly scope: ArmId }) =>
    !scope.startsWith(`${group}/`) || scope === vm.key || scope.startsWith(`${vm.key}/`);
  return { assignments: policy.assignments.filter(concerns), exemptions: policy.exemptions.filter(concerns) };
}

function hasSingleResources({ assignments, exemptions }: AzurePolicy, group: string): boolean {
  return [...assignments, ...exemptions].some(({ scope }) => scope.startsWith(`${group}/`));
}

/** Whether it matters which management groups are above a subscription. */
function namesManagementGroups({ assignments, exemptions }: AzurePolicy): boolean {
  const scopes = [
    ...assignments.flatMap(({ scope, notScopes }) => [scope, ...notScopes]),
    ...exemptions.map(({ scope }) => scope),
  ];
  return scopes.some((scope) => scope.startsWith(managementGroups));
}

const noHierarchy = unknown(
  'partial-inventory',
  'The management groups above the subscription could not be told, so what is assigned to them could not either.',
);

const assignmentRead = 'Microsoft.Authorization/policyAssignments/read';

/**
 * What Azure Policy says about the VMs of some subscriptions. Rows that may not be read are left out without a word, so the
 * permissions tell whether there may be some.
 */
export function policyFacts(
  policy: Fact<AzurePolicy>,
  containers: Fact<Containers>,
  refusalOf: SubscriptionFacts['refusalOf'],
): PolicyFacts {
  function factOfGroup(subscriptionId: string, group: string): FactSheet['azurePolicy'] {
    if (policy.kind === 'unknown') {
      return policy;
    }
    const because = refusalOf(assignmentRead, subscriptionId);
    if (because) {
      return { kind: 'unknown', because };
    }
    const told = containers.kind === 'known' ? containers.value.managementGroups.get(subscriptionId) : undefined;
    const above = told ?? (namesManagementGroups(policy.value) ? undefined : []);
    return above ? known(policyOfGroup(policy.value, group, above), policy.source) : noHierarchy;
  }

  const ofGroup = byPlace((subscriptionId, resourceGroup) => {
    const group = `/subscriptions/${subscriptionId}/resourcegroups/${resourceGroup.toLowerCase()}`;
    const fact = factOfGroup(subscriptionId, group);
    return { fact, group, isShared: fact.kind === 'unknown' || !hasSingleResources(fact.value, group) };
  });

  return {
    of(vm) {
      const { fact, group, isShared } = ofGroup(vm.subscriptionId, vm.resourceGroup);
      return isShared || fact.kind === 'unknown' ? fact : known(ofVm(fact.value, vm, group), fact.source);
    },
  };
}
