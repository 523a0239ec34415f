import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';

import type { Caller, Role } from '../../lib/domain/caller.ts';
import { answerOf, type Content, type Given, type Headers } from './answer.ts';
import { readBody, readParams, readQuery } from './request.ts';

/** Methods of the API. */
export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Who may call an operation: everybody, or callers with an app role. */
export type NeededRole = Role | 'anyone';

/** The heading under which the API's document lists an operation. */
export type Heading =
  | 'VMs'
  | 'Posture'
  | 'Reports'
  | 'Sweeps'
  | 'Exemptions'
  | 'Protection'
  | 'Backup servers'
  | 'Service';

/** An answer that is a file of another kind than JSON. */
export interface FileAnswer {
  readonly type: string;
  readonly description: string;
  /** What it may be besides, by what the caller accepts. */
  readonly otherTypes?: readonly string[];
  /** Of a file that is JSON all the same. */
  readonly schema?: z.ZodType;
}

/** What is answered, by status: a schema of JSON, or a file. */
export type Answers = Readonly<Record<number, z.ZodType | FileAnswer>>;

/** Lists as the use cases give them: nobody changes them. */
type Unchanged<T> = T extends readonly (infer Each)[]
  ? readonly Unchanged<Each>[]
  : T extends object
    ? { readonly [Key in keyof T]: Unchanged<T[Key]> }
    : T;

/** What a handler may give back where these answers are declared. */
type GivenOf<A extends Answers> = {
  readonly [Status in keyof A & number]: A[Status] extends z.ZodType
    ? { readonly status: Status; readonly headers: Headers; readonly body: Unchanged<z.output<A[Status]>> }
    : { readonly status: Status; readonly headers: Headers; readonly file: Content; readonly type: string };
}[keyof A & number];

/** An answer that is a file. */
export function replyFile<const Status extends number>(
  status: Status,
  file: Content,
  type: string,
  headers: Headers = {},
): { readonly status: Status; readonly headers: Headers; readonly file: Content; readonly type: string } {
  return { status, headers, file, type };
}

/** An answer in JSON. */
export function reply<const Status extends number, const Body>(
  status: Status,
  body: Body,
  headers: Headers = {},
): { readonly status: Status; readonly headers: Headers; readonly body: Body } {
  return { status, headers, body };
}

/** Problems that an operation tells besides those that all have (400, 401, 403, 413, 415, 500). */
type OwnProblem = 404 | 409 | 429 | 503;

/** What is asked for: everything as its schema reads it. */
export interface Asked<Query, Body, Params> {
  readonly query: Query;
  readonly body: Body;
  readonly params: Params;
  /** In which form the caller wants the answer. */
  readonly headers: HttpRequest['headers'];
  /** Of an operation for anyone: somebody. */
  readonly caller: Caller;
}

interface Described {
  readonly method: Method;
  /** Unique; what clients that are generated call it. */
  readonly id: string;
  readonly summary: string;
  readonly heading: Heading;
  readonly role: NeededRole;
  /**
   * Whether it tells callers who may see some subscriptions nothing of the others. Without it they are refused: what nobody thought
   * of is closed.
   */
  readonly forLimited?: true;
  /** Parts of the path that this operation is about, where a path has several. */
  readonly when?: Readonly<Record<string, string>>;
  readonly problems?: readonly OwnProblem[];
}

/** An operation in the words of its author; absent schemas take nothing. */
interface Written<Query, Body, Params, A extends Answers> extends Described {
  readonly query?: z.ZodType<Query>;
  /** Of the body, which is JSON; one that takes `undefined` need not be sent. */
  readonly body?: z.ZodType<Body>;
  /** Of the parts of the path; what does not fit is not found. */
  readonly params?: z.ZodType<Params>;
  readonly answers: A;
  handle(asked: Asked<Query, Body, Params>): Promise<GivenOf<A>>;
}

/** What can be done with a path by a method: how it is described, and how it is answered. */
export interface Operation extends Described {
  readonly query: z.ZodType;
  readonly body: z.ZodType | undefined;
  readonly params: z.ZodType;
  readonly answers: Answers;
  answer(request: HttpRequest, caller: Caller): Promise<HttpResponseInit>;
}

const Nothing = z.strictObject({});
const Anything = z.object({});

/**
 * Declares an operation. What it is asked is read by the same schemas that describe it, and what it answers has to fit the schemas
 * of its answers. A parameter that is not declared is refused: a filter that is not heeded would look like one that is.
 */
export function operation<const A extends Answers, Query = unknown, Body = undefined, Params = unknown>(
  written: Written<Query, Body, Params, A>,
): Operation {
  const { query = Nothing as z.ZodType as z.ZodType<Query>, body, handle, ...described } = written;
  const params = written.params ?? (Anything as z.ZodType as z.ZodType<Params>);
  return {
    ...described,
    query,
    body,
    params,
    async answer(request, caller) {
      const asked = {
        caller,
        params: readParams(request, params),
        query: readQuery(request, query),
        headers: request.headers,
        body: body ? await readBody(request, body) : (undefined as Body),
      };
      const given: Given = await handle(asked);
      return answerOf(request, given);
    },
  };
}
