import type { LogLevel } from '../log.ts';

/*
 * The contract between the Node worker and a programming model, as far as an app sees it: the shapes of the virtual
 * module `@azure/functions-core` and of the gRPC messages behind it. Source: @azure/functions 4.16.5 (src/) and the
 * Functions Node worker; see the functions-host reference, sections 2 to 4.
 */

/** A value on the wire. Exactly one field is set; an empty object is null. */
export interface TypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly http?: HttpMessage;
}

/** A string that gRPC can tell apart from a missing one. */
export interface NullableString {
  readonly value: string;
}

/** An http request (to the app) or response (from it). */
export interface HttpMessage {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly nullableHeaders?: Readonly<Record<string, NullableString>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly nullableQuery?: Readonly<Record<string, NullableString>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly nullableParams?: Readonly<Record<string, NullableString>>;
  readonly identities?: readonly unknown[];
  readonly statusCode?: string;
  readonly cookies?: readonly HttpCookie[];
  readonly body?: TypedData | null;
}

interface Nullable<T> {
  readonly value?: T | null;
}

/** A cookie of an http response. `expires` is in seconds since 1970, `maxAge` in seconds. */
export interface HttpCookie {
  readonly name?: string;
  readonly value?: string;
  readonly domain?: Nullable<string> | undefined;
  readonly path?: Nullable<string> | undefined;
  readonly expires?: Nullable<{ readonly seconds: number }> | undefined;
  readonly secure?: Nullable<boolean> | undefined;
  readonly httpOnly?: Nullable<boolean> | undefined;
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
  readonly maxAge?: Nullable<number> | undefined;
}

/** A binding as registered; properties of its type are kept beside these. */
export interface Binding {
  readonly type?: string;
  readonly direction?: string;
  readonly [property: string]: unknown;
}

interface Seconds {
  readonly seconds: number;
}

/** Runtime retry policy. `maxRetryCount` -1 means for ever. */
export interface RetryOptions {
  readonly maxRetryCount: number;
  readonly retryStrategy: 'fixedDelay' | 'exponentialBackoff';
  readonly delayInterval?: Seconds;
  readonly minimumInterval?: Seconds;
  readonly maximumInterval?: Seconds;
}

/** What an app registers about a function, besides its callback. */
export interface FunctionMetadata {
  readonly name: string;
  readonly functionId?: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly retryOptions?: RetryOptions | undefined;
}

/** The handler of a function: `handler(...inputs, context)`. */
export type FunctionCallback = (...inputs: unknown[]) => unknown;

/** Only set on a retry. */
export interface RetryContext {
  readonly retryCount: number;
  readonly maxRetryCount: number;
  readonly exception?: { readonly source: string; readonly stackTrace: string; readonly message: string };
}

/** One invocation as the host asks for it. */
export interface InvocationRequest {
  readonly invocationId: string;
  readonly functionId: string;
  readonly inputData: readonly { readonly name: string; readonly data: TypedData }[];
  readonly triggerMetadata: Readonly<Record<string, TypedData>>;
  readonly traceContext: {
    readonly traceParent: string;
    readonly traceState: string;
    readonly attributes: Readonly<Record<string, string>>;
  };
  readonly retryContext?: RetryContext;
}

/** What an invocation gave. */
export interface InvocationResponse {
  readonly returnValue?: TypedData | null;
}

/** Who wrote a line: the app, or the worker and the library on its behalf. */
export type LogCategory = 'user' | 'system' | 'customMetric';

/** Where in its six steps an invocation is; the library warns about user logs outside of them. */
export type InvocationState = 'preInvocationHooks' | 'invocation' | 'postInvocationHooks';

/** What the worker gives the model for one invocation. */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: InvocationRequest;
  readonly metadata: FunctionMetadata;
  state?: InvocationState;
  log(level: LogLevel, category: LogCategory, message: string): void;
}

/** The model's part of one invocation. `context` is opaque to the host. */
export interface InvocationModel {
  getArguments(): Promise<{ readonly context: unknown; readonly inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<InvocationResponse>;
}

/** What `@azure/functions` hands to the worker when the first function is registered. */
export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
  getCapabilities(defaults: Record<string, string>): Record<string, string> | Promise<Record<string, string>>;
}
