import * as z from 'zod';

import type { EstateResource } from '../estates/estate.ts';
import type { Access } from './access.ts';
import { type ArmAnswer, ArmError } from './arm-error.ts';
import { containerOf, rootResourceOf } from './arm-path.ts';
import type { BackupOperations } from './backup-operations.ts';
import type { ItemsByVm } from './backup-status.ts';
import { keyAccessMissing } from './disk-key-access.ts';
import type { ArmRequest, Route } from './route.ts';
import type { Tenant } from './tenant.ts';

const itemType = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems';
const vmsPerVault = 1000;
const vmsPerPolicy = 100;

const itemPath =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.RecoveryServices\/vaults\/[^/]+\/backupFabrics\/[^/]+\/protectionContainers\/[^/]+\/protectedItems\/[^/]+$/i;
const backupPath = new RegExp(`${itemPath.source.slice(0, -1)}/backup$`, 'i');

const Body = z.looseObject({
  properties: z.looseObject({
    protectedItemType: z.string().regex(/^Microsoft\.(Classic)?Compute\/virtualMachines$/i),
    sourceResourceId: z.string().startsWith('/subscriptions/'),
    policyId: z.string().optional(),
    protectionState: z.string().optional(),
  }),
});

export interface ProtectionContext {
  readonly tenant: Tenant;
  readonly access: Access;
  readonly operations: BackupOperations;
  readonly itemsByVm: ItemsByVm;
  readonly now: () => Date;
  /** Object id of Backup Management Service in the tenant, if the estate tells it. */
  readonly serviceId: string | undefined;
}

/**
 * Enabling, resuming and changing protection, and the backup on demand. Codes are Azure's where the reference has them;
 * those of full vaults and policies, of a VM of another region and of a soft-deleted item are unconfirmed.
 */
export function protectionRoutes(context: ProtectionContext): readonly Route[] {
  return [
    { method: 'PUT', path: itemPath, answer: (request) => protect(context, request) },
    { method: 'POST', path: backupPath, answer: (request) => backUp(context, request) },
  ];
}

function protect(context: ProtectionContext, request: ArmRequest): ArmAnswer {
  const { tenant, access, operations, now } = context;
  access.require(`${itemType}/write`, request.path);
  const body = Body.safeParse(request.body);
  if (!body.success) throw new ArmError(400, 'BMSUserErrorInvalidInput', z.prettifyError(body.error));
  const { sourceResourceId, policyId = '' } = body.data.properties;
  const vault = vaultOf(tenant, request.path);
  requireUnlocked(tenant, request.path);
  if (operations.isBusy(request.path)) {
    throw new ArmError(409, 'CloudInternalErrorOperationInProgress', 'Another operation on this item is in progress.');
  }
  const vm = tenant.resource(sourceResourceId);
  if (vm === undefined) throw userError('UserErrorVmNotFound', `The VM ${sourceResourceId} was not found.`);
  if (!sameText(vm.location, vault.location)) {
    throw userError('UserErrorVmRegionMismatch', 'The VM and the vault are in different regions.');
  }
  const policy = tenant.resource(policyId);
  if (policy === undefined || !sameText(rootResourceOf(policy.id), vault.id)) {
    throw new ArmError(404, 'BMSUserErrorPolicyNotFound', `The policy '${policyId}' was not found in the vault.`);
  }
  const before = tenant.resource(request.path);
  if (before?.properties['isScheduledForDeferredDelete'] === true) {
    throw userError('UserErrorItemInSoftDeletedState', 'The item is soft-deleted; undelete it first.');
  }
  if (before === undefined) requireRoom(context, vault, policy, sourceResourceId);
  const missing = keyAccessMissing(tenant, vm, context.serviceId);
  return operations.start(
    request.path,
    missing
      ? { kind: 'failed', code: 'UserErrorKeyVaultPermissionsNotConfigured', message: missing }
      : {
          kind: 'done',
          apply() {
            tenant.write(itemAfter(request.path, before, vm, policy, now()));
            countItems(tenant, String(before?.properties['policyId'] ?? ''), -1);
            countItems(tenant, policy.id, 1);
          },
        },
  );
}

function requireRoom(
  { tenant, itemsByVm }: ProtectionContext,
  vault: EstateResource,
  policy: EstateResource,
  vmId: string,
) {
  const other = itemsByVm.itemOf(vmId);
  if (other !== undefined) {
    throw userError('VirtualMachineAlreadyProtected', `The VM is already protected in ${rootResourceOf(other.id)}.`);
  }
  const items = tenant.resourcesIn(vault.id, itemType);
  if (items.length >= vmsPerVault) {
    throw userError('UserErrorVaultLimitReached', `The vault holds ${vmsPerVault} VMs already.`);
  }
  const withPolicy = items.filter(({ properties }) => sameText(String(properties['policyId']), policy.id));
  if (withPolicy.length >= vmsPerPolicy) {
    throw userError('UserErrorPolicyLimitReached', `The policy holds ${vmsPerPolicy} VMs already.`);
  }
}

/** A new item waits for its first backup; one that stands keeps its recovery points and goes on. */
function itemAfter(
  id: string,
  before: EstateResource | undefined,
  vm: EstateResource,
  policy: EstateResource,
  now: Date,
): EstateResource {
  const container =
    id
      .split('/')
      .at(-3)
      ?.replace(/^iaasvmcontainer;/i, '') ?? '';
  const followed = { policyId: policy.id, policyName: policy.name };
  if (before !== undefined) {
    const hasPoint = Boolean(before.properties['lastRecoveryPoint']);
    const state = hasPoint ? 'Protected' : 'IRPending';
    return { ...before, properties: { ...before.properties, ...followed, protectionState: state } };
  }
  return {
    id,
    name: id.split('/').at(-1) ?? '',
    type: itemType,
    properties: {
      friendlyName: vm.name,
      virtualMachineId: vm.id,
      sourceResourceId: vm.id,
      ...followed,
      protectionStatus: 'Healthy',
      protectionState: 'IRPending',
      healthStatus: 'Passed',
      lastBackupStatus: '',
      lastBackupTime: '2001-01-01T00:00:00Z',
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      backupManagementType: 'AzureIaasVM',
      workloadType: 'VM',
      containerName: container,
      dataSourceInfo: { datasourceType: 'Microsoft.Compute/virtualMachines', resourceID: vm.id },
      extendedInfo: { recoveryPointCount: 0, policyInconsistent: false },
      isScheduledForDeferredDelete: false,
      configuredAt: now.toISOString(),
    },
  };
}

/** A policy counts its items itself. */
function countItems(tenant: Tenant, policyId: string, step: 1 | -1): void {
  const policy = tenant.resource(policyId);
  if (policy === undefined) return;
  const protectedItemsCount = Number(policy.properties['protectedItemsCount'] ?? 0) + step;
  tenant.write({ ...policy, properties: { ...policy.properties, protectedItemsCount } });
}

/** A backup on demand makes the first recovery point, or one more. */
function backUp({ tenant, access, operations, now }: ProtectionContext, request: ArmRequest): ArmAnswer {
  const id = request.path.replace(/\/backup$/i, '');
  access.require(`${itemType}/backup/action`, id);
  const item = tenant.resource(id);
  if (item === undefined) throw new ArmError(404, 'ResourceNotFound', `The protected item '${id}' was not found.`);
  return operations.start(id, {
    kind: 'done',
    apply() {
      const current = tenant.resource(id) ?? item;
      const at = now().toISOString();
      tenant.write({
        ...current,
        properties: {
          ...current.properties,
          protectionState: 'Protected',
          lastBackupStatus: 'Completed',
          lastBackupTime: at,
          lastRecoveryPoint: at,
        },
      });
    },
  });
}

function vaultOf(tenant: Tenant, path: string): EstateResource {
  const id = rootResourceOf(path);
  const vault = tenant.resource(id);
  if (vault === undefined) throw new ArmError(404, 'ResourceNotFound', `The Resource '${id}' was not found.`);
  return vault;
}

/** A read-only lock on the vault, its group or its subscription refuses writes. */
export function requireUnlocked(tenant: Tenant, path: string): void {
  const { subscriptionId } = containerOf(path);
  const locks = tenant.resourcesIn(`/subscriptions/${subscriptionId}`, 'Microsoft.Authorization/locks');
  const locked = locks.find(({ id, properties }) => {
    const scope = id.replace(/\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i, '');
    return (
      sameText(String(properties['level']), 'ReadOnly') &&
      `${path}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase())
    );
  });
  if (locked) {
    throw new ArmError(
      409,
      'ScopeLocked',
      `The scope '${path}' cannot perform write operation because it is locked: ${locked.name}.`,
    );
  }
}

function userError(code: string, message: string): ArmError {
  return new ArmError(400, code, message);
}

const sameText = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a.toLowerCase().replaceAll(' ', '') === b.toLowerCase().replaceAll(' ', '');
