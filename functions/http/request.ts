import type { HttpRequest } from '@azure/functions';
import * as z from 'zod';

import { Problem } from './problem.ts';

/** Parameters that belong to the host, not to us: the function key. */
const hostParameters = new Set(['code', 'clientid']);

function refuse(issues: readonly z.core.$ZodIssue[], part: string): never {
  const [issue] = issues;
  const name = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.') || part;
  const detail = `${name}: ${issue?.message ?? 'wrong'}.`;
  throw new Problem(400, 'Bad request', detail, { parameter: name });
}

/** The query parameters by their schema; 400 naming the parameter that is unknown or wrong. */
export function readQuery<T>(request: HttpRequest, schema: z.ZodType<T>): T {
  const query = [...request.query].filter(([name]) => !hostParameters.has(name.toLowerCase()));
  const parsed = schema.safeParse(Object.fromEntries(query));
  return parsed.success ? parsed.data : refuse(parsed.error.issues, 'query');
}

/** 400 naming the parameter, for a route that has none: a filter that is not heeded would look like one that is. */
export function refuseQuery(request: HttpRequest): void {
  readQuery(request, z.strictObject({}));
}

/** The body by its schema; 400 naming the field that is missing or wrong. */
export async function readBody<T>(request: HttpRequest, schema: z.ZodType<T>): Promise<T> {
  let body: unknown;
  try {
    body = await request.json();
  } catch {
    throw new Problem(400, 'Bad request', 'body: expected a JSON document.', { parameter: 'body' });
  }
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : refuse(parsed.error.issues, 'body');
}
