import type { HttpRequest } from '@azure/functions';
import type * as z from 'zod';

import { Problem } from './problem.ts';

/** Parameters that belong to the host, not to us: the function key. */
const hostParameters = new Set(['code', 'clientid']);

/** Bytes that a body may have. */
const largestBody = 1024 * 1024;

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

/** The parts of the path by their schema; 404 where nothing can have such a name. */
export function readParams<T>(request: HttpRequest, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(request.params);
  if (!parsed.success) {
    throw new Problem(404, 'Not found', 'There is nothing under this address.');
  }
  return parsed.data;
}

/** The text of a body; `undefined` if there is none. */
async function textOf(request: HttpRequest): Promise<string | undefined> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  const bytes = announced > largestBody || !request.body ? undefined : await request.arrayBuffer();
  if (announced > largestBody || (bytes?.byteLength ?? 0) > largestBody) {
    throw new Problem(413, 'Too large', `body: at most ${largestBody} bytes are read.`, { parameter: 'body' });
  }
  return bytes?.byteLength ? new TextDecoder().decode(bytes) : undefined;
}

/** A form on a foreign page can send other types with the cookies of its reader, so nothing else will do. */
function checkType(request: HttpRequest): void {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    const detail = `body: expected content-type application/json, not ${type ?? 'none'}.`;
    throw new Problem(415, 'Unsupported media type', detail, { parameter: 'body' });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, 'Bad request', 'body: expected a JSON document.', { parameter: 'body' });
  }
}

/**
 * The body by its schema, which says whether there need be one; 400 naming the field that is missing or wrong, 413 for more than a
 * MiB, 415 for another type than JSON.
 */
export async function readBody<T>(request: HttpRequest, schema: z.ZodType<T>): Promise<T> {
  const text = await textOf(request);
  if (text === undefined) {
    const none = schema.safeParse(undefined);
    return none.success ? none.data : (parsed('') as T);
  }
  checkType(request);
  const body = schema.safeParse(parsed(text));
  return body.success ? body.data : refuse(body.error.issues, 'body');
}
