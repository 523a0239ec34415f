import * as z from 'zod';

import { describeApi, type OpenApi } from './http/openapi.ts';
import { operation, reply } from './http/operation.ts';
import { declaredRoutes, route } from './http/route.ts';

let document: OpenApi | undefined;

/** What this API can do, as an OpenAPI document: for tools, and for generated clients. */
route({
  name: 'openapi',
  path: 'openapi.json',
  operations: [
    operation({
      method: 'GET',
      id: 'describeApi',
      summary: 'This document.',
      heading: 'Service',
      role: 'Reader',
      forLimited: true,
      answers: { 200: z.looseObject({ openapi: z.string() }) },
      async handle() {
        // All functions are registered by the time of the first request, and none is later.
        document ??= describeApi(declaredRoutes());
        return reply(200, document);
      },
    }),
  ],
});
