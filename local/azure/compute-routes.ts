import type { EstateResource } from '../estates/estate.ts';
import type { Access } from './access.ts';
import { armBody } from './arm-body.ts';
import { type ArmAnswer, resourceNotFound } from './arm-error.ts';
import { parseArmPath, typeWithNames } from './arm-path.ts';
import { instanceViewOf } from './instance-view.ts';
import type { Pager } from './paging.ts';
import type { ArmRequest, Route } from './route.ts';
import type { Tenant } from './tenant.ts';

const vmType = 'Microsoft.Compute/virtualMachines';
const instanceViewRead = `${vmType}/instanceView/read`;

/** The reads of virtual machines; ruling 22: who may not read the instance view may not expand it either. */
export function computeRoutes(tenant: Tenant, access: Access, page: Pager, now: () => Date): readonly Route[] {
  const vmAt = (id: string): EstateResource => {
    access.require(`${vmType}/read`, id);
    const vm = tenant.resource(id);
    const path = parseArmPath(id);
    if (vm !== undefined) return vm;
    throw resourceNotFound(path === undefined ? id : typeWithNames(path), path?.resourceGroup ?? '');
  };

  const getVm = (request: ArmRequest): ArmAnswer => {
    const expands = /\binstanceView\b/i.test(request.query.get('$expand') ?? '');
    if (expands) access.require(instanceViewRead, request.path);
    const vm = vmAt(request.path);
    const body = withExtensions(vm, tenant);
    if (!expands) return { status: 200, body };
    return {
      status: 200,
      body: { ...body, properties: { ...vm.properties, instanceView: instanceViewOf(vm, now()) } },
    };
  };

  const listVms = (request: ArmRequest, scope: string): ArmAnswer => {
    access.require(`${vmType}/read`, scope);
    const statusOnly = request.query.get('statusOnly')?.toLowerCase() === 'true';
    const shape = statusOnly ? (vm: EstateResource) => statusOf(vm, now()) : armBody;
    return page(request, tenant.resourcesIn(scope, vmType), shape);
  };

  return [
    { method: 'GET', path: vmPath(''), answer: getVm },
    {
      method: 'GET',
      path: vmPath('/instanceView'),
      answer: (_request, part) => {
        access.require(instanceViewRead, part('vm'));
        return { status: 200, body: instanceViewOf(vmAt(part('vm')), now()) };
      },
    },
    {
      method: 'GET',
      path: /^(?<scope>\/subscriptions\/[^/]+(?:\/resourceGroups\/[^/]+)?)\/providers\/Microsoft\.Compute\/virtualMachines$/i,
      answer: (request, part) => listVms(request, part('scope')),
    },
  ];
}

function vmPath(rest: string): RegExp {
  const vm = String.raw`/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Compute/virtualMachines/[^/]+`;
  return new RegExp(`^(?<vm>${vm})${rest}$`, 'i');
}

/** A VM's own GET carries its extensions under `resources`. */
function withExtensions(vm: EstateResource, tenant: Tenant): Record<string, unknown> {
  const extensions = tenant.resourcesIn(vm.id, `${vmType}/extensions`).map(armBody);
  return extensions.length === 0 ? armBody(vm) : { ...armBody(vm), resources: extensions };
}

/** An entry of `statusOnly=true`. Whether Azure puts the guest agent in it is unconfirmed, so it is left out. */
function statusOf(vm: EstateResource, now: Date): unknown {
  const { id, name, type, location } = vm;
  return { id, name, type, location, properties: { instanceView: { statuses: instanceViewOf(vm, now)['statuses'] } } };
}
