import { readFileSync } from 'node:fs';

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import type { Neighbourhood } from '../../../local/neighbourhood.ts';

interface DocumentedAnswer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, unknown>>;
}

/** An operation as the API's document has it. */
export interface DocumentedOperation {
  readonly operationId: string;
  readonly description?: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly required: boolean };
  readonly responses: Readonly<Record<string, DocumentedAnswer>>;
  readonly security: readonly object[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
}

/** What the document leaves open to grow is closed here: an answer has no field that is not told. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) {
    return node.map(closed);
  }
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  const own = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, closed(value)]));
  return 'properties' in own && !('additionalProperties' in own) ? { ...own, additionalProperties: false } : own;
}

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Document;
const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
addFormats.default(ajv);
ajv.addSchema(closed(document) as object, 'api');

/** All operations of the document with their paths. */
export const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
);

const patterns = documented
  // What names a path whole goes before what leaves a part of it open.
  .toSorted((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')))
  .map((operation) => ({
    operation,
    pattern: new RegExp(`^${operation.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`, 'i'),
  }));

const pointer = (...parts: readonly string[]) =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

const compiled = new Map<string, ValidateFunction>();

function validatorOf(place: string): ValidateFunction {
  const known = compiled.get(place) ?? ajv.compile({ $ref: `api#${place}` });
  compiled.set(place, known);
  return known;
}

/** What is wrong with an answer by the API's document; `undefined` if nothing is, or if it is none of the API. */
export function breachOf(method: string, path: string, answer: Response, body: string): string | undefined {
  const [bare = ''] = `/${path}`.split('?');
  const operation = patterns.find((each) => each.operation.method === method && each.pattern.test(bare))?.operation;
  if (!operation) {
    return answer.status === 404 ? undefined : 'there is no such operation';
  }
  const response = operation.responses[answer.status];
  if (!response) {
    return 'the status is not documented';
  }
  // The host itself refuses wrong keys, and says nothing.
  if (body === '') {
    return response.content && answer.status !== 401 ? 'the body is missing' : undefined;
  }
  const type = answer.headers.get('content-type') ?? '';
  const own = ['paths', operation.path, method.toLowerCase(), 'responses', String(answer.status)];
  const place = response.$ref?.slice(1) ?? pointer(...own);
  const schema = `${place}${pointer('content', type, 'schema')}`;
  const validate = validatorOf(schema);
  const told: unknown = /\bjson$/.test(type) ? JSON.parse(body) : body;
  return validate(told) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'body' });
}

/** Calls like `call`, and fails where an answer is not what the API's document says. */
export function checkedCalls(call: Neighbourhood['call']): Neighbourhood['call'] {
  return async (path, init) => {
    const answer = await call(path, init);
    const body = await answer.clone().text();
    const breach = breachOf(init?.method ?? 'GET', path, answer, body);
    if (breach !== undefined) {
      throw new Error(`${init?.method ?? 'GET'} ${path} answered ${answer.status}: ${breach}: ${body.slice(0, 500)}`);
    }
    return answer;
  };
}
