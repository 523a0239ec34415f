import * as z from 'zod';

import { armId } from '../domain/ids.ts';
import type { RoleAssignment } from '../domain/key-access.ts';
import { text, texts } from './lenient.ts';

/** A row of the query `roles`. */
export const RoleRow = z.looseObject({
  id: z.string().min(1),
  type: z.string(),
  scope: text,
  principalId: text,
  roleDefinitionId: text,
  permissions: z
    .array(z.looseObject({ dataActions: texts, notDataActions: texts }))
    .nullish()
    .catch(undefined),
});
type RoleRow = z.infer<typeof RoleRow>;

function guidOf(roleDefinitionId: string): string {
  return armId(roleDefinitionId).split('/').at(-1) ?? '';
}

/** The data actions of a role that it does not take back by name. */
function dataActionsOf({ permissions }: RoleRow): readonly string[] | undefined {
  return permissions?.flatMap(({ dataActions, notDataActions }) =>
    dataActions.filter((action) => !notDataActions.includes(action)),
  );
}

/** Assignments of roles, with what the role may do with data where its definition was read. */
export function readRoleAssignments(rows: readonly RoleRow[]): readonly RoleAssignment[] {
  const isDefinition = ({ type }: RoleRow) => type.toLowerCase().endsWith('/roledefinitions');
  const dataActions = new Map(rows.filter(isDefinition).map((row) => [guidOf(row.id), dataActionsOf(row)]));
  return rows.flatMap((row) => {
    const { scope, principalId, roleDefinitionId } = row;
    if (isDefinition(row) || !scope || !principalId || !roleDefinitionId) {
      return [];
    }
    const roleId = guidOf(roleDefinitionId);
    const actions = dataActions.get(roleId);
    return [{ principalId, roleId, scope: armId(scope), ...(actions ? { dataActions: actions } : {}) }];
  });
}
