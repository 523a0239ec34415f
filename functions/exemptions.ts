import { app, type HttpRequest } from '@azure/functions';
import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { listExemptions } from '../lib/use-cases/list-exemptions.ts';
import { listImportedExemptions } from '../lib/use-cases/list-imported-exemptions.ts';
import { createExemption } from '../lib/use-cases/register-exemption.ts';
import { answerOf, NewExemption } from './http/exemption.ts';
import { pageOf } from './http/page.ts';
import { withProblems } from './http/problem.ts';
import { readBody, readQuery, refuseQuery } from './http/request.ts';

const paging = {
  size: z.coerce.number('expected a number').int().min(1).max(500).default(100),
  cursor: z.string().min(1).max(1000).optional(),
};

const Query = z.discriminatedUnion('origin', [
  z.strictObject({
    origin: z.literal('register').default('register'),
    state: z.enum(['valid', 'expiring', 'expired', 'ended']).optional(),
    scope: z.string().min(1).max(2000).optional(),
    ...paging,
  }),
  z.strictObject({ origin: z.enum(['tag', 'azure-policy']), ...paging }),
]);

async function list(request: HttpRequest) {
  const { ports, config } = backstop();
  const { noticeDays } = config.exemptions;
  const query = readQuery(request, Query);
  if (query.origin === 'register') {
    const { state, scope, size, cursor } = query;
    return { jsonBody: await pageOf(listExemptions(ports, noticeDays, { state, scope }, size, cursor)) };
  }
  const { origin, size, cursor } = query;
  return { jsonBody: await pageOf(listImportedExemptions(ports, noticeDays, origin, size, cursor)) };
}

/** GET: exemptions of the register, or VMs that are exempt by a tag or Azure Policy. POST: makes one; its VMs are judged anew. */
app.http('exemptions', {
  route: 'exemptions',
  methods: ['GET', 'POST'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    if (request.method !== 'POST') {
      return list(request);
    }
    refuseQuery(request);
    const { by, ...wish } = await readBody(request, NewExemption);
    const { ports, config } = backstop();
    return answerOf(await createExemption(ports, config.exemptions, wish, by), 201);
  }),
});
