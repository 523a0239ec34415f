import * as z from 'zod';

import type { Access } from './access.ts';
import { armBody } from './arm-body.ts';
import { resourceNotFound } from './arm-error.ts';
import type { Route } from './route.ts';
import type { Tenant } from './tenant.ts';

const collectionType = 'Microsoft.Compute/restorePointCollections';
const pointType = `${collectionType}/restorePoints`;

const Points = z.array(z.unknown()).catch([]);

/**
 * One restore point collection, with its points if they are expanded. The points stand in its properties or are resources
 * of their own. That expanding them needs the right to read points is unconfirmed; the instance view is like that.
 */
export function restorePointRoutes(tenant: Tenant, access: Access): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/subscriptions\/[^/]+\/resourceGroups\/(?<group>[^/]+)\/providers\/Microsoft\.Compute\/restorePointCollections\/(?<name>[^/]+)$/i,
      answer: (request, part) => {
        access.require(`${collectionType}/read`, request.path);
        const expands = /\brestorePoints\b/i.test(request.query.get('$expand') ?? '');
        if (expands) access.require(`${pointType}/read`, request.path);
        const collection = tenant.resource(request.path);
        if (collection === undefined) throw resourceNotFound(`${collectionType}/${part('name')}`, part('group'));
        const body = armBody(collection);
        if (!expands) return { status: 200, body };
        const inline = Points.parse(collection.properties['restorePoints']);
        const restorePoints = [...inline, ...tenant.resourcesIn(collection.id, pointType).map(armBody)];
        return { status: 200, body: { ...body, properties: { ...collection.properties, restorePoints } } };
      },
    },
  ];
}
