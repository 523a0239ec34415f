import * as z from 'zod';

import { type AskedScope, UnknownScope } from '../../lib/use-cases/posture-scope.ts';
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

/** An answer about a scope; 400 where nobody knows what belongs to it. */
export async function orUnknownScope<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UnknownScope) {
      throw new Problem(400, 'Bad request', `scope: ${error.message}.`, { parameter: 'scope' });
    }
    throw error;
  }
}
