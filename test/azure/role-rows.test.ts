import { expect, test } from 'vitest';

import { RoleRow, readRoleAssignments } from '../../lib/azure/role-rows.ts';

const guid = '00482a5a-887f-4fb3-b363-3b7fe8e74483';
const definition = {
  id: `/providers/Microsoft.Authorization/RoleDefinitions/${guid.toUpperCase()}`,
  type: 'microsoft.authorization/roledefinitions',
  permissions: [
    { dataActions: ['Microsoft.KeyVault/vaults/keys/read', 'x/delete'], notDataActions: ['x/delete'] },
    { dataActions: ['Microsoft.KeyVault/vaults/secrets/backup'], notDataActions: null },
  ],
};
const assignment = {
  id: '/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/1',
  type: 'microsoft.authorization/roleassignments',
  scope: '/Subscriptions/S',
  principalId: 'bms',
  roleDefinitionId: `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
};
const read = (...rows: readonly object[]) => readRoleAssignments(rows.map((row) => RoleRow.parse(row)));

test('an assignment is told with what its role may do with data', () => {
  expect(read(definition, assignment)).toEqual([
    {
      principalId: 'bms',
      roleId: guid,
      scope: '/subscriptions/s',
      dataActions: ['Microsoft.KeyVault/vaults/keys/read', 'Microsoft.KeyVault/vaults/secrets/backup'],
    },
  ]);
});

test('what a role may do is absent where its definition was not read', () => {
  expect(read(assignment)).toEqual([{ principalId: 'bms', roleId: guid, scope: '/subscriptions/s' }]);
  expect(read({ ...definition, permissions: null }, assignment)).toEqual(read(assignment));
});

test.each([['scope'], ['principalId'], ['roleDefinitionId']])(
  'an assignment without its %s gives nobody a role',
  (name) => {
    expect(read({ ...assignment, [name]: '' })).toEqual([]);
  },
);
