import * as z from 'zod';

import type { Caller } from '../../lib/domain/caller.ts';
import { type AskedScope, OutOfSight, UnknownScope } from '../../lib/use-cases/posture-scope.ts';
import { checkVisible } from './caller.ts';
import { Problem } from './problem.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const subscriptionPath = /^\/subscriptions\/([^/]+)\/?$/;
const managementGroupPath = /^\/providers\/microsoft\.management\/managementgroups\/([\w().-]{1,90})\/?$/;
const regionName = /^[a-z0-9-]{1,60}$/;

function readScope(text: string, context: z.RefinementCtx): AskedScope {
  const lower = text.toLowerCase();
  const subscription = subscriptionPath.exec(lower)?.[1] ?? lower;
  if (guid.test(subscription)) {
    return { subscription };
  }
  const managementGroup = managementGroupPath.exec(lower)?.[1];
  if (managementGroup !== undefined) {
    return { managementGroup };
  }
  if (regionName.test(lower)) {
    return { region: lower };
  }
  context.addIssue({
    code: 'custom',
    message: 'expected a subscription, a region, or /providers/Microsoft.Management/managementGroups/{name}',
  });
  return z.NEVER;
}

/** A subscription (its id or path), a management group (its path) or the name of a region, in any case. */
export const Scope = z.string().min(1).max(300).transform(readScope);

/** What a caller asks of a scope; 403 for a subscription that it may not see. */
export function visibleScope(caller: Caller, scope: AskedScope): AskedScope {
  if (scope.subscription !== undefined) {
    checkVisible(caller, scope.subscription);
  }
  return { ...scope, visible: caller.subscriptions };
}

/** An answer about a scope; 400 where nobody knows what belongs to it, 403 where the caller may see nothing of it. */
export async function orUnknownScope<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UnknownScope) {
      throw new Problem(400, 'Bad request', `scope: ${error.message}.`, { parameter: 'scope' });
    }
    if (error instanceof OutOfSight) {
      throw new Problem(403, 'Forbidden', error.message);
    }
    throw error;
  }
}
