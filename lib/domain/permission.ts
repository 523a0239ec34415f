import { onceFor } from './memo.ts';

/** What the identity of the service may do at a scope, as Azure lists it; wildcards as they come. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

function covers(pattern: string, action: string): boolean {
  const literally = pattern
    .toLowerCase()
    .replaceAll(/[.+?^$()|[\]\\{}]/g, '\\$&')
    .replaceAll('*', '.*');
  return new RegExp(`^${literally}$`).test(action.toLowerCase());
}

/** What was found out about the actions of a list of permissions: all VMs of a subscription share the list. */
const answersOf = onceFor((_: readonly Permission[]) => new Map<string, boolean>());

/** Whether an action is allowed by some permission that does not take it back. */
export function isAllowed(action: string, permissions: readonly Permission[]): boolean {
  const answers = answersOf(permissions);
  const known = answers.get(action);
  if (known !== undefined) {
    return known;
  }
  const answer = permissions.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => covers(pattern, action)) && !notActions.some((pattern) => covers(pattern, action)),
  );
  answers.set(action, answer);
  return answer;
}
