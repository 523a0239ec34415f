import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type PipelineRequest,
  RestError,
} from '@azure/core-rest-pipeline';

import { additionalPolicies, type Connection, deadline, retryOptions } from './connection.ts';

/**
 * Plain reads from ARM, over the pipeline that all Azure SDKs share (authentication, retries). Bodies stay
 * as ARM sends them, which is also the shape of Resource Graph rows: one parser serves both.
 */
export interface ArmClient {
  /** GET of a path; throws `RestError` for every answer that is not 200. */
  get(path: string, apiVersion: string, query?: Readonly<Record<string, string>>): Promise<unknown>;
  /** POST of a question that changes nothing; throws `RestError` for every answer that is not 200. */
  ask(path: string, apiVersion: string, question: unknown): Promise<unknown>;
  /** All pages of a list. */
  list(path: string, apiVersion: string, query?: Readonly<Record<string, string>>): Promise<readonly unknown[]>;
}

/** The path of an id: names may hold what an address must not. */
export function pathOf(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/');
}

interface ErrorBody {
  readonly error?: { readonly code?: string; readonly message?: string };
  readonly code?: string;
  readonly message?: string;
}

function parse(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

export function createArmClient({ credential, endpoint, scope }: Connection): ArmClient {
  const pipeline = createPipelineFromOptions({ retryOptions });
  for (const { policy } of additionalPolicies) {
    pipeline.addPolicy(policy, { afterPhase: 'Retry' });
  }
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: scope }));
  const http = createDefaultHttpClient();

  async function getUrl(url: string): Promise<unknown> {
    return answerTo(createPipelineRequest({ url, method: 'GET', abortSignal: deadline() }));
  }

  async function answerTo(request: PipelineRequest): Promise<unknown> {
    const response = await pipeline.sendRequest(http, request);
    const body = parse(response.bodyAsText);
    if (response.status !== 200) {
      // Some providers answer without the `error` wrapper.
      const { error, code, message } = (body ?? {}) as ErrorBody;
      throw new RestError(error?.message ?? message ?? `ARM answered ${response.status}`, {
        statusCode: response.status,
        ...((error?.code ?? code) ? { code: error?.code ?? code ?? '' } : {}),
        response,
        request,
      });
    }
    return body;
  }

  function urlOf(path: string, query: Readonly<Record<string, string>>): string {
    return `${endpoint}${path}?${new URLSearchParams(query)}`;
  }

  return {
    ask(path, apiVersion, question) {
      const request = createPipelineRequest({
        url: urlOf(path, { 'api-version': apiVersion }),
        method: 'POST',
        headers: createHttpHeaders({ 'content-type': 'application/json' }),
        body: JSON.stringify(question),
        abortSignal: deadline(),
      });
      return answerTo(request);
    },
    get: (path, apiVersion, query = {}) => getUrl(urlOf(path, { 'api-version': apiVersion, ...query })),
    async list(path, apiVersion, query = {}) {
      const rows: unknown[] = [];
      const asked = new Set<string>();
      let next: string | undefined = urlOf(path, { 'api-version': apiVersion, ...query });
      while (next) {
        if (asked.has(next)) {
          throw new Error('ARM pointed to the same page twice');
        }
        asked.add(next);
        const page = (await getUrl(next)) as { value?: unknown; nextLink?: string };
        if (!Array.isArray(page?.value)) {
          throw new Error('ARM answered a list without rows');
        }
        rows.push(...page.value);
        if (page.nextLink && !page.nextLink.startsWith(`${endpoint}/`)) {
          throw new Error('ARM pointed the next page to another host');
        }
        next = page.nextLink;
      }
      return rows;
    },
  };
}
