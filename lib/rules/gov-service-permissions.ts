import { factDeclarations } from '../domain/fact-declarations.ts';
import { onceFor } from '../domain/memo.ts';
import { isAllowed, type Permission } from '../domain/permission.ts';
import { defineRule } from '../domain/rule.ts';

const readActions = [...factDeclarations.vm.actions, ...factDeclarations.policies.actions];
const enableActions: readonly string[] = [
  'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write',
];

function missingOf(actions: readonly string[], permissions: readonly Permission[]): readonly string[] {
  return actions.filter((action) => !isAllowed(action, permissions));
}

/** VMs of one subscription share their permissions. */
const missingToReadIn = onceFor((permissions: readonly Permission[]) => missingOf(readActions, permissions));

export const govServicePermissions = defineRule({
  id: 'gov-service-permissions',
  title: 'The service may enable protection wherever it is to enable it',
  category: 'governance',
  severity: 'blocker',
  rationale:
    'Reader is enough to judge; what may not be read is unknown to the rules that need it, and no failure of this one. To enable protection (autoEnable) the service needs Backup Contributor and Virtual Machine Contributor. Rights are read per subscription of the VM: a role on the group of a vault alone is not seen.',
  sources: ['Azure/azure-policy repository, 2026-04-29 (roles)', 'FAQ - Backing up Azure VMs, 2025-12-09 (actions)'],
  reviewed: '2026-11-21',
  needs: {
    permissions: (permissions) => ({
      actions: permissions.flatMap(({ actions }) => actions).join(', '),
      notActions: permissions.flatMap(({ notActions }) => notActions).join(', '),
    }),
  },
  pass: {
    MayRead: 'The service may read what it needs; it is not asked to enable protection.',
    MayEnable: 'The service may read what it needs and enable protection.',
    ReadsMissing: 'The service may not read all that it would need; missing: {missing}. What depends on it is unknown.',
  },
  fail: {
    MayNotEnable: 'The service may not enable backup in subscription {subscription}; missing: {missing}.',
  },
  remedies: {
    MayNotEnable: {
      text: 'Assign Backup Contributor and Virtual Machine Contributor to the identity of the service, or switch autoEnable off.',
      commands: [
        'az role assignment create --subscription {vmSubscription} --assignee-object-id {identity} --assignee-principal-type ServicePrincipal --role 5e467623-bb1f-42f4-a55d-6e525e11384b --scope /subscriptions/{vmSubscription}',
        'az role assignment create --subscription {vmSubscription} --assignee-object-id {identity} --assignee-principal-type ServicePrincipal --role 9980e02c-c2be-4d73-94e8-173b1dc7cf3c --scope /subscriptions/{vmSubscription}',
      ],
    },
  },
  check({ permissions }, { settings }, { vm }) {
    const missingToRead = missingToReadIn(permissions);
    const missingToEnable = settings.autoEnable ? missingOf(enableActions, permissions) : [];
    const missing = [...missingToRead, ...missingToEnable].join(', ');
    if (missingToEnable.length > 0) {
      return {
        kind: 'fail',
        reason: 'MayNotEnable',
        details: { subscription: vm.kind === 'known' ? vm.value.subscriptionId : 'of the VM', missing },
        commandDetails: { identity: '<object id of the identity of Backstop>' },
      };
    }
    if (missingToRead.length > 0) {
      return { kind: 'pass', reason: 'ReadsMissing', details: { missing } };
    }
    return { kind: 'pass', reason: settings.autoEnable ? 'MayEnable' : 'MayRead', details: {} };
  },
});
