import type { AzurePolicy, PolicyAssignment } from './azure-policy.ts';
import type { ArmId } from './ids.ts';
import { groupTagDemands, type KnownDefinitions } from './policy-definitions.ts';
import { exemptedDefinitions } from './policy-exemption.ts';
import { contains, isWithin } from './policy-scope.ts';

/** A parameter of an assignment; Azure compares their names without regard to case. */
export function parameterOf({ parameters }: PolicyAssignment, name: string): string | undefined {
  return Object.entries(parameters).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/**
 * The effect that an assignment of a single definition chooses, lower-cased; absent where it leaves it to the definition.
 * An initiative names its parameters as it likes, so what it chooses is not told.
 */
function chosenEffect(assignment: PolicyAssignment): string | undefined {
  const isSingle = assignment.definitions.includes(assignment.definition);
  return isSingle ? parameterOf(assignment, 'effect')?.toLowerCase() : undefined;
}

/** Those of some definitions that an assignment assigns with their effect. */
function assignedOf(assignment: PolicyAssignment, { ids, effect }: KnownDefinitions): readonly string[] {
  const isChosen = (chosenEffect(assignment) ?? effect) === effect;
  return isChosen ? assignment.definitions.filter((each) => ids.includes(each)) : [];
}

function isAssignedTo(resource: ArmId, { scope, notScopes, enforcementMode }: PolicyAssignment): boolean {
  const isEnforced = enforcementMode.toLowerCase() !== 'donotenforce';
  return isEnforced && contains(scope, resource) && !notScopes.some((each) => isWithin(resource, each));
}

/** In the order of their ids, whatever the order in which Azure lists them. */
function binding(
  resource: ArmId,
  policy: AzurePolicy,
  now: Date,
  inQuestion: (assignment: PolicyAssignment) => readonly string[],
): readonly PolicyAssignment[] {
  const found = policy.assignments.filter((assignment) => {
    if (!isAssignedTo(resource, assignment)) {
      return false;
    }
    const exempted = exemptedDefinitions(resource, assignment, policy, now);
    return inQuestion(assignment).some((each) => !exempted.includes(each));
  });
  return found.toSorted((a, b) => a.id.localeCompare(b.id));
}

/**
 * The assignments that bring one of these definitions with its effect to a resource: enforced, not switched off, and the
 * resource is neither left out nor exempt.
 */
export function bindingAssignments(
  resource: ArmId,
  definitions: KnownDefinitions,
  policy: AzurePolicy,
  now: Date,
): readonly PolicyAssignment[] {
  return binding(resource, policy, now, (assignment) => assignedOf(assignment, definitions));
}

/** The assignments that refuse a resource group without tags, by a built-in or by a definition of the organisation itself. */
export function groupRefusals(group: ArmId, policy: AzurePolicy, now: Date): readonly PolicyAssignment[] {
  return binding(group, policy, now, (assignment) => [
    ...assignedOf(assignment, groupTagDemands),
    ...assignment.groupDenials.map(({ definition }) => definition),
  ]);
}
