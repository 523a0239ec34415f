import * as z from 'zod';

import { armBody } from './arm-body.ts';
import { type ArmAnswer, ArmError } from './arm-error.ts';
import { parseArmPath } from './arm-path.ts';
import type { ArmRequest, Route } from './route.ts';
import type { WriteContext } from './write-routes.ts';

/** What stands around VMs and may be edited: as plain as that, without the rules of its provider. */
const writable =
  /^\/subscriptions\/[^/]+(\/resourceGroups\/[^/]+)?(\/providers\/[^/]+(\/[^/]+){2,4})*\/providers\/(Microsoft\.Network\/(networkSecurityGroups|virtualNetworks|routeTables)\/[^/]+|Microsoft\.RecoveryServices\/vaults\/[^/]+(\/backupPolicies\/[^/]+)?|Microsoft\.Authorization\/locks\/[^/]+)$/i;

const Body = z.looseObject({
  location: z.string().min(1).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  properties: z.looseObject({}).default({}),
});

/** Writes and removals of networks, vaults, backup policies and locks. */
export function plainWriteRoutes(context: WriteContext): readonly Route[] {
  return [
    { method: 'PUT', path: writable, answer: (request) => put(context, request) },
    { method: 'DELETE', path: writable, answer: (request) => remove(context, request) },
  ];
}

function put({ tenant, access, announce }: WriteContext, request: ArmRequest): ArmAnswer {
  const path = parseArmPath(request.path);
  const body = Body.safeParse(request.body);
  if (path === undefined || !body.success) {
    throw new ArmError(400, 'InvalidRequestContent', body.success ? request.path : z.prettifyError(body.error));
  }
  access.require(`${path.type}/write`, request.path);
  const before = tenant.resource(request.path);
  const { location, tags, properties } = body.data;
  const after = {
    id: request.path,
    name: path.names.at(-1) ?? '',
    type: path.type,
    ...before,
    ...(location === undefined ? {} : { location }),
    ...(tags === undefined ? {} : { tags }),
    properties,
  };
  tenant.write(after);
  announce('write', after, request);
  // Azure Backup answers 200 for a new policy as well.
  const isCreated = before === undefined && !/\/backupPolicies\//i.test(request.path);
  return { status: isCreated ? 201 : 200, body: armBody(after) };
}

function remove({ tenant, access, announce }: WriteContext, request: ArmRequest): ArmAnswer {
  const resource = tenant.resource(request.path);
  if (resource === undefined) return { status: 204 };
  access.require(`${resource.type}/delete`, request.path);
  tenant.remove(resource);
  announce('delete', resource, request);
  return { status: 200 };
}
