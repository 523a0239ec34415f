import * as z from 'zod';

import type { EstateResource } from '../estates/estate.ts';
import type { Random } from '../estates/random.ts';
import type { Access } from './access.ts';
import { armBody } from './arm-body.ts';
import { type ArmAnswer, ArmError, resourceNotFound } from './arm-error.ts';
import { type ArmPath, parseArmPath, typeWithNames } from './arm-path.ts';
import type { AsyncOperations } from './async-operations.ts';
import { azureInstant } from './azure-instant.ts';
import type { ArmRequest, Route } from './route.ts';
import type { Tenant } from './tenant.ts';
import { attachDisksAndNics, detachDisksAndNics } from './vm-attachments.ts';

/** What a write needs beside the tenant. */
export interface WriteContext {
  readonly tenant: Tenant;
  readonly access: Access;
  readonly operations: AsyncOperations;
  readonly random: Random;
  readonly now: () => Date;
  /** Told of every successful write, as Event Grid is. */
  readonly announce: (kind: 'write' | 'delete', resource: EstateResource, request: ArmRequest) => void;
}

const Body = z.looseObject({
  location: z.string().min(1),
  tags: z.record(z.string(), z.string()).optional(),
  properties: z.looseObject({}).default({}),
});

const Tags = z.strictObject({ tags: z.record(z.string(), z.string()) });

const writable =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/(Microsoft\.Compute\/(virtualMachines|disks)|Microsoft\.Network\/networkInterfaces)\/[^/]+$/i;

/** Writes of VMs, disks and network interfaces: enough to let machines be born, change and die. Provisioning ends at once. */
export function writeRoutes(context: WriteContext): readonly Route[] {
  return [
    { method: 'PUT', path: writable, answer: (request) => put(context, request) },
    { method: 'PATCH', path: writable, answer: (request) => patchTags(context, request) },
    { method: 'DELETE', path: writable, answer: (request) => remove(context, request) },
  ];
}

function put(context: WriteContext, request: ArmRequest): ArmAnswer {
  const path = pathOf(request);
  context.access.require(`${path.type}/write`, request.path);
  const before = context.tenant.resource(request.path);
  const wanted = nextState(context, request, path, before);
  const after = isVm(wanted) ? attachDisksAndNics(context.tenant, wanted) : wanted;
  context.tenant.write(after);
  context.announce('write', after, request);
  if (before !== undefined) return { status: 200, body: armBody(after) };
  const body = armBody({ ...after, properties: { ...after.properties, provisioningState: 'Creating' } });
  return { status: 201, headers: context.operations.start(path.subscriptionId, after.location ?? ''), body };
}

/** A PUT replaces what the caller owns; what Azure owns (VM id, time of creation, run-time view) stays. */
function nextState(
  context: WriteContext,
  request: ArmRequest,
  path: ArmPath,
  before: EstateResource | undefined,
): EstateResource {
  const { location, tags, properties, ...rest } = parse(Body, request.body);
  const owned = isType(path.type, 'Microsoft.Compute/virtualMachines') ? { vmId: context.random.guid() } : {};
  const created = { ...owned, timeCreated: azureInstant(context.now()) };
  const kept = before === undefined ? created : pick(before.properties, ['vmId', 'timeCreated']);
  return {
    ...rest,
    id: before?.id ?? request.path,
    name: before?.name ?? path.names.at(-1) ?? '',
    type: before?.type ?? canonicalType(path.type),
    location,
    ...(tags === undefined ? {} : { tags }),
    properties: { ...properties, provisioningState: 'Succeeded', ...kept },
    ...(before?.instanceView === undefined ? {} : { instanceView: before.instanceView }),
  };
}

function patchTags(context: WriteContext, request: ArmRequest): ArmAnswer {
  const path = pathOf(request);
  context.access.require(`${path.type}/write`, request.path);
  const before = context.tenant.resource(request.path);
  if (before === undefined) throw resourceNotFound(typeWithNames(path), path.resourceGroup);
  const after = { ...before, tags: parse(Tags, request.body).tags };
  context.tenant.write(after);
  context.announce('write', after, request);
  return { status: 200, body: armBody(after) };
}

/** A deleted VM takes its extensions along; its disks and network interfaces stay, whatever their deleteOption says. */
function remove(context: WriteContext, request: ArmRequest): ArmAnswer {
  const path = pathOf(request);
  context.access.require(`${path.type}/delete`, request.path);
  const resource = context.tenant.resource(request.path);
  if (resource === undefined) return { status: 204 };
  if (isVm(resource)) detachDisksAndNics(context.tenant, resource);
  for (const child of context.tenant.resourcesIn(resource.id, `${resource.type}/extensions`))
    context.tenant.remove(child);
  context.tenant.remove(resource);
  context.announce('delete', resource, request);
  return { status: 202, headers: context.operations.start(path.subscriptionId, resource.location ?? '') };
}

function pathOf(request: ArmRequest): ArmPath {
  const path = parseArmPath(request.path);
  if (path === undefined) throw new ArmError(400, 'InvalidRequestUri', `Not the path of a resource: ${request.path}`);
  return path;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ArmError(400, 'InvalidRequestContent', z.prettifyError(parsed.error));
}

const isType = (type: string, wanted: string): boolean => type.toLowerCase() === wanted.toLowerCase();

const isVm = ({ type }: EstateResource): boolean => isType(type, 'Microsoft.Compute/virtualMachines');

const canonicalTypes = [
  'Microsoft.Compute/virtualMachines',
  'Microsoft.Compute/disks',
  'Microsoft.Network/networkInterfaces',
] as const;

const canonicalType = (type: string): string => canonicalTypes.find((each) => isType(each, type)) ?? type;

function pick(from: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
}
