import type { Permission } from '../../lib/domain/permission.ts';
import type { govServicePermissions } from '../../lib/rules/gov-service-permissions.ts';
import type { Cases, Differing } from './case.ts';
import { fact, unread } from './healthy-vm.ts';

function allowed(actions: readonly string[], notActions: readonly string[] = []): Permission {
  return { actions, notActions };
}

function permissions(...list: readonly Permission[]): Differing {
  return { permissions: fact(list) };
}

const reader = allowed(['*/read']);
const contributors = [
  allowed(['Microsoft.RecoveryServices/Vaults/*', 'Microsoft.RecoveryServices/locations/*']),
  allowed(['Microsoft.Compute/virtualMachines/*']),
];
const autoEnable = { settings: { autoEnable: true } };
const write = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write';
const readsMissing = { outcome: 'pass', reason: 'ReadsMissing' } as const;
const mayNotEnable = { outcome: 'fail', reason: 'MayNotEnable', severity: 'blocker' } as const;

export const cases: Cases<typeof govServicePermissions> = [
  [
    'a reader that is not asked to enable (ruling 16)',
    permissions(reader),
    {
      outcome: 'pass',
      reason: 'MayRead',
      message: 'The service may read what it needs; it is not asked to enable protection.',
    },
  ],
  [
    'a reader that is asked to enable',
    { ...permissions(reader), ...autoEnable },
    {
      ...mayNotEnable,
      message: `The service may not enable backup in subscription 11111111-1111-1111-1111-111111111111; missing: ${write}.`,
      fix: {
        text: 'Assign Backup Contributor and Virtual Machine Contributor to the identity of the service, or switch autoEnable off.',
        commands: [
          "az role assignment create --subscription 11111111-1111-1111-1111-111111111111 --assignee-object-id '<object id of the identity of Backstop>' --assignee-principal-type ServicePrincipal --role 5e467623-bb1f-42f4-a55d-6e525e11384b --scope /subscriptions/11111111-1111-1111-1111-111111111111",
          "az role assignment create --subscription 11111111-1111-1111-1111-111111111111 --assignee-object-id '<object id of the identity of Backstop>' --assignee-principal-type ServicePrincipal --role 9980e02c-c2be-4d73-94e8-173b1dc7cf3c --scope /subscriptions/11111111-1111-1111-1111-111111111111",
        ],
      },
    },
  ],
  [
    'both roles of the built-in policies',
    { ...permissions(...contributors), ...autoEnable },
    {
      outcome: 'pass',
      reason: 'MayEnable',
      message: 'The service may read what it needs and enable protection.',
    },
  ],
  ['an owner that is asked to enable', autoEnable, { outcome: 'pass', reason: 'MayEnable' }],
  [
    'actions in another case',
    permissions(allowed(['MICROSOFT.COMPUTE/*', 'microsoft.recoveryservices/*'])),
    { outcome: 'pass', reason: 'MayRead' },
  ],
  [
    'one reading taken back by each of two roles, given by the other',
    permissions(allowed(['*/read'], ['Microsoft.Compute/*']), allowed(['*'], ['Microsoft.RecoveryServices/*'])),
    { outcome: 'pass', reason: 'MayRead' },
  ],
  [
    'policies of backup that may not be read: no failure of this rule (ruling 16)',
    permissions(allowed(['*/read'], ['Microsoft.RecoveryServices/Vaults/backupPolicies/read'])),
    {
      ...readsMissing,
      message:
        'The service may not read all that it would need; missing: Microsoft.RecoveryServices/Vaults/backupPolicies/read. What depends on it is unknown.',
    },
  ],
  ['nothing allowed, and not asked to enable (ruling 16)', permissions(), readsMissing],
  [
    'allowed to enable, but not to read the policies (ruling 16)',
    { ...permissions(allowed(['*'], ['Microsoft.RecoveryServices/Vaults/backupPolicies/*'])), ...autoEnable },
    readsMissing,
  ],
  [
    'nothing allowed, and asked to enable',
    { ...permissions(), ...autoEnable },
    {
      ...mayNotEnable,
      message: `The service may not enable backup in subscription 11111111-1111-1111-1111-111111111111; missing: Microsoft.Compute/virtualMachines/read, Microsoft.RecoveryServices/Vaults/backupPolicies/read, ${write}.`,
    },
  ],
  [
    'a reader that is asked to enable, and a VM that may not be read',
    { ...permissions(reader), ...autoEnable, vm: unread },
    {
      ...mayNotEnable,
      message: `The service may not enable backup in subscription of the VM; missing: ${write}.`,
    },
  ],
  ['permissions that may not be read', { permissions: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
