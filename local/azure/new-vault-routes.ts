import * as z from 'zod';

import { armBody } from './arm-body.ts';
import { type ArmAnswer, ArmError } from './arm-error.ts';
import { requireUnlocked } from './protection-routes.ts';
import type { ArmRequest, Route } from './route.ts';
import type { WriteContext } from './write-routes.ts';

const vaultType = 'Microsoft.RecoveryServices/vaults';
const vaultPath =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.RecoveryServices\/vaults\/(?<name>[^/]+)$/i;

const Body = z.looseObject({
  location: z.string().min(1),
  sku: z.looseObject({ name: z.string() }).default({ name: 'RS0' }),
  tags: z.record(z.string(), z.string()).default({}),
  properties: z
    .looseObject({
      publicNetworkAccess: z.string().default('Enabled'),
      redundancySettings: z
        .looseObject({ standardTierStorageRedundancy: z.string(), crossRegionRestore: z.string().default('Disabled') })
        .default({ standardTierStorageRedundancy: 'GeoRedundant', crossRegionRestore: 'Disabled' }),
      securitySettings: z.looseObject({}).default({}),
    })
    .prefault({}),
});

/** What is written over a vault that stands: as plain as it is sent. */
const Given = z.looseObject({ properties: z.looseObject({}).default({}) });

/**
 * Creation of vaults. A new one has the policy DefaultPolicy (documented); whether one made by API has an Enhanced policy
 * too is unconfirmed, so it has none. Vaults that stand are changed by the plain writes.
 */
export function newVaultRoutes(context: WriteContext): readonly Route[] {
  return [{ method: 'PUT', path: vaultPath, answer: (request, part) => create(context, request, part('name')) }];
}

function create({ tenant, access, announce }: WriteContext, request: ArmRequest, name: string): ArmAnswer {
  access.require(`${vaultType}/write`, request.path);
  requireUnlocked(tenant, request.path);
  const body = Body.safeParse(request.body);
  if (!body.success) throw new ArmError(400, 'InvalidRequestContent', z.prettifyError(body.error));
  const given = Given.parse(request.body);
  const before = tenant.resource(request.path);
  const { location, tags, sku, properties } = body.data;
  const vault = {
    ...before,
    id: before?.id ?? request.path,
    name,
    type: vaultType,
    location,
    tags,
    sku,
    properties: before === undefined ? { ...properties, provisioningState: 'Succeeded' } : given.properties,
  };
  tenant.write(vault);
  if (before === undefined) {
    tenant.write({
      id: `${vault.id}/backupPolicies/DefaultPolicy`,
      name: 'DefaultPolicy',
      type: `${vaultType}/backupPolicies`,
      properties: standardPolicy,
    });
  }
  announce('write', vault, request);
  return { status: before === undefined ? 201 : 200, body: armBody(vault) };
}

const runTime = '2026-01-01T19:30:00Z';
const standardPolicy = {
  backupManagementType: 'AzureIaasVM',
  policyType: 'V1',
  protectedItemsCount: 0,
  instantRpRetentionRangeInDays: 2,
  timeZone: 'UTC',
  schedulePolicy: {
    schedulePolicyType: 'SimpleSchedulePolicy',
    scheduleRunFrequency: 'Daily',
    scheduleRunTimes: [runTime],
  },
  retentionPolicy: {
    retentionPolicyType: 'LongTermRetentionPolicy',
    dailySchedule: { retentionTimes: [runTime], retentionDuration: { count: 30, durationType: 'Days' } },
  },
};
