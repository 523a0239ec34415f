import * as z from 'zod';

import { serviceVersion } from '../../lib/domain/service-version.ts';
import type { FileAnswer, Heading, Method, NeededRole, Operation } from './operation.ts';
import type { Route } from './route.ts';
import { ProblemDetails } from './schemas/problem.ts';

/** JSON, as it stands in the document. */
type Json = Readonly<Record<string, unknown>>;

/** An OpenAPI document. */
export interface OpenApi extends Json {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

const headings: Readonly<Record<Heading, string>> = {
  VMs: 'Virtual machines with their verdicts.',
  Posture: 'Verdicts counted.',
  Reports: 'What can be kept and passed on.',
  Sweeps: 'Runs that judge everything in scope.',
  Exemptions: 'VMs that need no backup: by whom, why and until when.',
  Protection: 'Plans, their approval, and what became of them.',
  'Backup servers': 'Azure Backup Server and DPM: their verdicts, what they may do, what their owners confirm.',
  Service: 'Backstop itself.',
};

const inComponents = (id: string) => `#/components/schemas/${id}`;

/** What readers are told of an object may grow: only what they send is closed. */
function open({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.additionalProperties === false) {
    delete jsonSchema.additionalProperties;
  }
}

function withoutIds({ $schema, $id, ...schema }: Json): Json {
  return schema;
}

/** All schemas with an id. JSON Schema 2020-12, which zod writes, is what OpenAPI 3.1 uses: nothing needs to be translated. */
function components(): Json {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { uri: inComponents, override: open });
  const sorted = Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([id, schema]) => [id, withoutIds(schema as Json)]));
}

/** A schema of an answer: by its id; one without an id is told on the spot, and has no parts with an id. */
function answered(schema: z.ZodType): Json {
  const id = z.globalRegistry.get(schema)?.id;
  return id ? { $ref: inComponents(id) } : withoutIds(z.toJSONSchema(schema, { override: open }) as Json);
}

function asked(schema: z.ZodType): Json {
  return withoutIds(z.toJSONSchema(schema, { io: 'input' }) as Json);
}

/** The fields of an object that is asked for, as parameters. */
function parametersOf(where: 'query' | 'path', schema: z.ZodType, fixed: Readonly<Record<string, string>>): Json[] {
  const { properties = {}, required = [] } = asked(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties)
    .filter(([name]) => !(name in fixed))
    .map(([name, { description, ...own }]) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(description ? { description } : {}),
      schema: own,
    }));
}

const content = (type: string, schema: Json) => ({ content: { [type]: { schema } } });

const tagHeader = { ETag: { description: 'To be sent as If-None-Match.', schema: { type: 'string' } } };

function isFile(answer: z.ZodType | FileAnswer): answer is FileAnswer {
  return !('_zod' in answer);
}

function contentOf({ type, otherTypes = [], schema }: FileAnswer): Json {
  const others = otherTypes.map((each) => [each, { schema: {} }]);
  return {
    content: { [type]: { schema: schema ? answered(schema) : { type: 'string' } }, ...Object.fromEntries(others) },
  };
}

function answersOf({ method, answers }: Operation): Json {
  const told = Object.entries(answers).map(([status, answer]) => [
    status,
    {
      description: isFile(answer) ? answer.description : 'As asked for.',
      ...(method === 'GET' && status === '200' ? { headers: tagHeader } : {}),
      ...(isFile(answer) ? contentOf(answer) : content('application/json', answered(answer))),
    },
  ]);
  const again = method === 'GET' ? [['304', { description: 'It is still as the tag in If-None-Match says.' }]] : [];
  return Object.fromEntries([...told, ...again]);
}

/** Problems by status: how they are called, and when they are told. */
const problems: Readonly<Record<number, readonly [id: string, when: string]>> = {
  400: ['BadRequest', 'A parameter or field makes no sense, or is not known; it is named.'],
  401: ['Unauthorized', 'Nobody can tell who asks; a wrong function key is answered without a body.'],
  403: ['Forbidden', 'Who asks may not do this, or not there.'],
  404: ['NotFound', 'There is no such thing.'],
  409: ['Conflict', 'It does not fit how things stand.'],
  413: ['TooLarge', 'The body is larger than 1 MiB.'],
  415: ['UnsupportedType', 'The body is of another type than JSON.'],
  429: ['TooMany', 'Too much of it is under way.'],
  500: ['Failed', 'It failed; the log has the reason.'],
  503: ['NotNow', 'Azure does not answer now.'],
};

function problemResponses(): Json {
  const problem = content('application/problem+json', answered(ProblemDetails));
  return Object.fromEntries(Object.values(problems).map(([id, description]) => [id, { description, ...problem }]));
}

function problemsOf({ role, body, problems: own = [], answers }: Operation): Json {
  const refused = role === 'anyone' ? [] : [401, 403];
  const statuses = [400, ...refused, ...(body ? [413, 415] : []), 500, ...own].filter((each) => !(each in answers));
  return Object.fromEntries(statuses.map((each) => [each, { $ref: `#/components/responses/${problems[each]?.[0]}` }]));
}

function bodyOf({ body }: Operation): Json {
  const isRequired = !body?.safeParse(undefined).success;
  return body ? { requestBody: { required: isRequired, ...content('application/json', asked(body)) } } : {};
}

/** Keys open everything; with a token, the role decides. */
function securityOf(role: NeededRole): readonly Json[] {
  return role === 'anyone' ? [] : [{ functionKey: [] }, { entra: [`Backstop.${role}`] }];
}

function described(operation: Operation): Json {
  const { id, summary, heading, role, when = {}, params, query } = operation;
  return {
    operationId: id,
    tags: [heading],
    summary,
    ...(role === 'anyone' ? {} : { description: `Needs the app role Backstop.${role}.` }),
    parameters: [...parametersOf('path', params, when), ...parametersOf('query', query, when)],
    ...bodyOf(operation),
    responses: { ...answersOf(operation), ...problemsOf(operation) },
    security: securityOf(role),
  };
}

/** The path of an operation; parts that it is about stand in it as they are. */
function pathOf({ path }: Route, { when = {} }: Operation): string {
  return `/${path.replaceAll(/\{(\w+)\}/g, (part, name: string) => when[name] ?? part)}`;
}

/** The OpenAPI 3.1 document of routes: from the declarations that serve the requests. */
export function describeApi(routes: readonly Route[]): OpenApi {
  const operations = routes.flatMap((route) =>
    route.operations.map((each) => ({
      path: pathOf(route, each),
      method: each.method.toLowerCase() as Lowercase<Method>,
      each,
    })),
  );
  const paths = [...Map.groupBy(operations, ({ path }) => path)].map(([path, own]) => [
    path,
    Object.fromEntries(own.map(({ method, each }) => [method, described(each)])),
  ]);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Backstop',
      version: serviceVersion,
      description: 'Every Azure VM is backed up, exempt with a reason, or listed with the reason why not.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api' }],
    tags: Object.entries(headings).map(([name, description]) => ({ name, description })),
    paths: Object.fromEntries(paths),
    components: {
      schemas: components(),
      responses: problemResponses(),
      securitySchemes: {
        functionKey: {
          type: 'apiKey',
          in: 'header',
          name: 'x-functions-key',
          description: 'Where BACKSTOP_AUTH is keys.',
        },
        entra: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token of Microsoft Entra for the app, with an app role. Where BACKSTOP_AUTH is entra.',
        },
      },
    },
  };
}
