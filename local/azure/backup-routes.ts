import * as z from 'zod';

import type { EstateResource } from '../estates/estate.ts';
import type { Access } from './access.ts';
import { armBody } from './arm-body.ts';
import { ArmError } from './arm-error.ts';
import { backupFilter, backupFilterTime } from './backup-filter.ts';
import { backupStatusOf, type ItemsByVm } from './backup-status.ts';
import { backupValidationRoutes } from './backup-validation-routes.ts';
import type { Pager } from './paging.ts';
import type { ArmRequest, Route } from './route.ts';
import type { Tenant } from './tenant.ts';

const itemType = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems';
const policyType = 'Microsoft.RecoveryServices/vaults/backupPolicies';
const jobType = 'Microsoft.RecoveryServices/vaults/backupJobs';
const engineType = 'Microsoft.RecoveryServices/vaults/backupEngines';
const vaultPath = String.raw`^(?<vault>/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.RecoveryServices/vaults/[^/]+)`;

const inVault = (rest: string): RegExp => new RegExp(`${vaultPath}${rest}$`, 'i');

/** The reads of Azure Backup that are more than a GET or a list of resources; azure-apis.md section 3.3. */
export function backupRoutes(tenant: Tenant, access: Access, page: Pager, itemsByVm: ItemsByVm): readonly Route[] {
  const membersOf = (vault: string, type: string, action: string): readonly EstateResource[] => {
    access.require(action, vault);
    if (tenant.resource(vault) === undefined) {
      throw new ArmError(404, 'ResourceNotFound', `The Resource '${vault}' was not found.`);
    }
    return tenant.resourcesIn(vault, type);
  };

  return [
    {
      method: 'GET',
      path: inVault('/backupProtectedItems'),
      answer: (request, part) => {
        const action = 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read';
        const items = membersOf(part('vault'), itemType, action);
        return page(request, items.filter(itemFilter(request)), itemInList);
      },
    },
    {
      method: 'GET',
      path: inVault('/backupFabrics/[^/]+/protectionContainers/[^/]+/protectedItems/[^/]+'),
      answer: (request) => {
        access.require(`${itemType}/read`, request.path);
        const item = tenant.resource(request.path);
        const wanted = backupFilter(request, ['expand']).get('expand');
        if (item === undefined) throw itemNotFound(request.path);
        return { status: 200, body: wanted === undefined ? withoutExtendedInfo(item) : armBody(item) };
      },
    },
    {
      method: 'GET',
      path: inVault('/backupPolicies'),
      answer: (request, part) => {
        const policies = membersOf(part('vault'), policyType, `${policyType}/read`);
        const filter = backupFilter(request, ['backupManagementType']);
        const wanted = policies.filter(({ properties }) =>
          fits(properties['backupManagementType'], filter, 'backupManagementType'),
        );
        return page(request, wanted, armBody);
      },
    },
    {
      method: 'GET',
      path: inVault('/backupJobs'),
      answer: (request, part) => {
        const jobs = membersOf(part('vault'), jobType, `${jobType}/read`);
        return page(request, jobs.filter(jobFilter(request)), armBody);
      },
    },
    {
      method: 'GET',
      path: inVault('/backupEngines'),
      answer: (request, part) => {
        const engines = membersOf(part('vault'), engineType, `${engineType}/read`);
        const filter = backupFilter(request, ['backupManagementType', 'friendlyName', 'expand']);
        const wanted = engines.filter(({ properties }) =>
          ['backupManagementType', 'friendlyName'].every((key) => fits(properties[key], filter, key)),
        );
        return page(request, wanted, filter.has('expand') ? armBody : withoutExtendedInfo);
      },
    },
    {
      method: 'GET',
      path: inVault('/backupUsageSummaries'),
      answer: (request, part) => {
        const kind = backupFilter(request, ['type']).get('type');
        if (kind !== 'BackupProtectedItemCountSummary') {
          throw new ArmError(400, 'BMSUserErrorInvalidInput', `Usage summary not simulated: ${kind}`);
        }
        const action = 'Microsoft.RecoveryServices/vaults/backupUsageSummaries/read';
        return page(request, itemCounts(membersOf(part('vault'), itemType, action)), (count) => count);
      },
    },
    {
      method: 'POST',
      path: /^(?<scope>\/subscriptions\/[^/]+)\/providers\/Microsoft\.RecoveryServices\/locations\/[^/]+\/backupStatus$/i,
      answer: (request, part) => {
        access.require('Microsoft.RecoveryServices/locations/backupStatus/action', part('scope'));
        const asked = BackupStatusRequest.safeParse(request.body);
        if (!asked.success) throw new ArmError(400, 'BMSUserErrorInvalidInput', z.prettifyError(asked.error));
        return { status: 200, body: backupStatusOf(asked.data.resourceId, itemsByVm) };
      },
    },
    ...backupValidationRoutes(tenant, access, itemsByVm),
  ];
}

const BackupStatusRequest = z.looseObject({
  resourceType: z.string().regex(/^VM$/i),
  resourceId: z.string().regex(/^\/subscriptions\/.+\/virtualMachines\/[^/]+$/i),
});

/** Azure sends the extended info of an item only to who asks for it. */
function withoutExtendedInfo(item: EstateResource): unknown {
  const { extendedInfo: _, ...properties } = item.properties;
  return armBody({ ...item, properties });
}

/** Lists show the extended info of what a backup server protects (unconfirmed): there it is all that is told of backups. */
function itemInList(item: EstateResource): unknown {
  return sameText(item.properties['protectedItemType'], 'DPMProtectedItem') ? armBody(item) : withoutExtendedInfo(item);
}

function itemFilter(request: ArmRequest): (item: EstateResource) => boolean {
  const filter = backupFilter(request, ['backupManagementType', 'itemType', 'policyName', 'friendlyName']);
  const itemKind = filter.get('itemtype');
  return ({ properties }) =>
    ['backupManagementType', 'policyName', 'friendlyName'].every((key) => fits(properties[key], filter, key)) &&
    (itemKind === undefined || sameText(properties['workloadType'] ?? 'VM', itemKind));
}

function jobFilter(request: ArmRequest): (job: EstateResource) => boolean {
  const keys = ['backupManagementType', 'operation', 'status'];
  const filter = backupFilter(request, [...keys, 'startTime', 'endTime']);
  const [from, to] = [filter.get('starttime'), filter.get('endtime')];
  const earliest = from === undefined ? Number.NEGATIVE_INFINITY : backupFilterTime(from);
  const latest = to === undefined ? Number.POSITIVE_INFINITY : backupFilterTime(to);
  return ({ properties }) => {
    const startedAt = Date.parse(String(properties['startTime']));
    const inTime = (from === undefined && to === undefined) || (startedAt >= earliest && startedAt <= latest);
    return inTime && keys.every((key) => fits(properties[key], filter, key));
  };
}

function fits(value: unknown, filter: ReadonlyMap<string, string>, key: string): boolean {
  const wanted = filter.get(key.toLowerCase());
  return wanted === undefined || sameText(value, wanted);
}

const sameText = (value: unknown, wanted: string): boolean =>
  typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase();

/** Kinds of items that a vault counts, with the names that Azure's portal gives them. */
const countedKinds = [
  ['AzureIaasVM', 'Azure Virtual Machine'],
  ['MAB', 'Azure Backup Agent'],
  ['AzureBackupServer', 'Azure Backup Server'],
  ['DPM', 'DPM'],
  ['AzureStorage', 'Azure Storage (Azure Files)'],
  ['AzureWorkload', 'SQL in Azure VM'],
] as const;

/** Every item counts, readable or not; that Azure counts soft-deleted ones too is unconfirmed. `limit` -1: none. */
function itemCounts(items: readonly EstateResource[]): readonly unknown[] {
  return countedKinds.map(([value, localizedValue]) => ({
    name: { localizedValue, value },
    currentValue: items.filter(({ properties }) => sameText(properties['backupManagementType'], value)).length,
    limit: -1,
    unit: 'Count',
  }));
}

/** The code of Azure's answer for a VM that the vault does not protect is unconfirmed; the status is not. */
function itemNotFound(path: string): ArmError {
  return new ArmError(404, 'ResourceNotFound', `The protected item '${path}' was not found.`);
}
