import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import type { Caller } from '../lib/domain/caller.ts';
import { parseExemptionScope } from '../lib/domain/exemption-scope.ts';
import { exemptionOrigins } from '../lib/domain/registered-exemption.ts';
import { listExemptions } from '../lib/use-cases/list-exemptions.ts';
import { listImportedExemptions } from '../lib/use-cases/list-imported-exemptions.ts';
import { createExemption } from '../lib/use-cases/register-exemption.ts';
import { checkVisible, nameFor } from './http/caller.ts';
import { NewExemption, orExemptionProblem } from './http/exemption.ts';
import { operation, reply } from './http/operation.ts';
import { pageOf } from './http/page.ts';
import { route } from './http/route.ts';
import { ExemptionsPage, StateOfExemption, WrittenExemption } from './http/schemas/exemption.ts';

const Query = z
  .strictObject({
    origin: z.enum(exemptionOrigins).default('register'),
    state: StateOfExemption.optional(),
    scope: z.string().min(1).max(2000).optional(),
    size: z.coerce.number('expected a number').int().min(1).max(500).default(100),
    cursor: z.string().min(1).max(1000).optional(),
  })
  .superRefine((query, context) => {
    for (const name of ['state', 'scope'] as const) {
      if (query.origin !== 'register' && query[name] !== undefined) {
        context.addIssue({ code: 'custom', path: [name], message: 'only with origin=register' });
      }
    }
  });

/** 403 for an exemption or a question about a subscription that the caller may not see; what is no scope, is told as such later. */
function checkScope(caller: Caller, text: string | undefined): void {
  const scope = text === undefined ? undefined : parseExemptionScope(text);
  if (scope) {
    checkVisible(caller, scope.subscriptionId);
  }
}

async function list({ origin, state, scope, size, cursor }: z.output<typeof Query>, caller: Caller) {
  checkScope(caller, scope);
  const { subscriptions: visible } = caller;
  const { ports, config } = backstop();
  const { noticeDays } = config.exemptions;
  return origin === 'register'
    ? await pageOf(listExemptions(ports, noticeDays, { state, scope, visible }, size, cursor))
    : await pageOf(listImportedExemptions(ports, noticeDays, { origin, visible }, size, cursor));
}

/** GET: exemptions of the register, or VMs that are exempt by a tag or Azure Policy. POST: makes one; its VMs are judged anew. */
route({
  name: 'exemptions',
  path: 'exemptions',
  operations: [
    operation({
      method: 'GET',
      id: 'listExemptions',
      summary: 'Exemptions of the register, or VMs that are exempt by a tag or by Azure Policy, a page at a time.',
      heading: 'Exemptions',
      role: 'Reader',
      forLimited: true,
      query: Query,
      answers: { 200: ExemptionsPage },
      handle: async ({ query, caller }) => reply(200, await list(query, caller)),
    }),
    operation({
      method: 'POST',
      id: 'createExemption',
      summary: 'Makes an exemption of a VM, a resource group or a subscription; its VMs are judged anew.',
      heading: 'Exemptions',
      role: 'Contributor',
      forLimited: true,
      body: NewExemption,
      answers: { 201: WrittenExemption },
      problems: [404, 409],
      async handle({ body: { by, ...wish }, caller }) {
        checkScope(caller, wish.scope);
        const { ports, config } = backstop();
        return reply(
          201,
          orExemptionProblem(await createExemption(ports, config.exemptions, wish, nameFor(caller, by))),
        );
      },
    }),
  ],
});
