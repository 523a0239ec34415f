import type { AzurePolicy, PolicyAssignment } from './azure-policy.ts';
import type { ArmId } from './ids.ts';
import type { KnownDefinitions } from './policy-definitions.ts';
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

function isEnforced(assignment: PolicyAssignment, effect: string): boolean {
  return assignment.enforcementMode.toLowerCase() !== 'donotenforce' && (chosenEffect(assignment) ?? effect) === effect;
}

function isAssignedTo(resource: ArmId, { scope, notScopes }: PolicyAssignment): boolean {
  return contains(scope, resource) && !notScopes.some((each) => isWithin(resource, each));
}

/**
 * The assignments that bring one of these definitions with its effect to a resource: enforced, not switched off, and the
 * resource is neither left out nor exempt. In the order of their ids, whatever the order in which Azure lists them.
 */
export function bindingAssignments(
  resource: ArmId,
  { ids, effect }: KnownDefinitions,
  policy: AzurePolicy,
  now: Date,
): readonly PolicyAssignment[] {
  const binding = policy.assignments.filter((assignment) => {
    const known = assignment.definitions.filter((each) => ids.includes(each));
    if (!isEnforced(assignment, effect) || !isAssignedTo(resource, assignment)) {
      return false;
    }
    const exempted = exemptedDefinitions(resource, assignment, policy, now);
    return known.some((each) => !exempted.includes(each));
  });
  return binding.toSorted((a, b) => a.id.localeCompare(b.id));
}
