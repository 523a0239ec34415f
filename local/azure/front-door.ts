import { setTimeout as wait } from 'node:timers/promises';

import {
  type ArmAnswer,
  ArmError,
  resourceGroupNotFound,
  resourceTypeNotFound,
  subscriptionNotFound,
} from './arm-error.ts';
import type { ArmLimits } from './arm-limits.ts';
import { containerOf } from './arm-path.ts';
import { type AskedPage, emptied, withoutEmptyPages } from './empty-page.ts';
import { type Fault, type FaultRules, faultAnswer } from './fault-rules.ts';
import { type ArmRequest, answerByRoutes, type Route } from './route.ts';
import type { Tenant } from './tenant.ts';

/** A request to ARM or Resource Graph as a test wants to look back at it. Tokens are not kept. */
export interface RecordedRequest {
  /** When it was answered, on the real clock (ISO 8601): pacing is measured with it. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly status: number;
  readonly clientRequestId?: string;
  readonly body?: unknown;
}

/** A request as it comes in. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly clientRequestId?: string | undefined;
  readonly text: string;
}

export interface FrontDoorOptions {
  readonly armUrl: string;
  readonly tenant: Tenant;
  readonly routes: readonly Route[];
  readonly queryResourceGraph: (body: unknown) => ArmAnswer;
  readonly limits: ArmLimits | undefined;
  readonly faults: FaultRules;
  readonly signal: AbortSignal;
  /** Ends what is due in Azure, before anything is answered. */
  readonly settle: () => void;
}

const resourceGraphPath = /^\/providers\/Microsoft\.ResourceGraph\/resources$/i;

/** What every request to Azure Resource Manager passes: faults, token, api-version, limits, then the operation. */
export class FrontDoor {
  readonly requests: RecordedRequest[] = [];
  readonly #options: FrontDoorOptions;

  constructor(options: FrontDoorOptions) {
    this.#options = options;
  }

  async answer(raw: RawRequest): Promise<ArmAnswer> {
    const { path, query } = locate(raw.url);
    const fault = this.#options.faults.take({ method: raw.method, path, query, text: raw.text });
    if (fault?.delayMs !== undefined) await wait(fault.delayMs, undefined, { signal: this.#options.signal });
    const body = parseBody(raw.text);
    const right = () => this.#decide(raw, { method: raw.method, path, query, body: withoutEmptyPages(body) });
    const answer = fault === undefined ? right() : this.#disturbed(fault, right, { url: raw.url, body });
    this.requests.push({
      at: new Date().toISOString(),
      method: raw.method,
      path,
      query: Object.fromEntries(query),
      status: answer.status,
      ...(raw.clientRequestId === undefined ? {} : { clientRequestId: raw.clientRequestId }),
      ...(body === undefined ? {} : { body }),
    });
    return answer;
  }

  #disturbed(fault: Fault, right: () => ArmAnswer, { url, body }: AskedPage): ArmAnswer {
    return 'status' in fault ? faultAnswer(fault) : emptied(right(), { url: `${this.#options.armUrl}${url}`, body });
  }

  #decide(raw: RawRequest, request: ArmRequest): ArmAnswer {
    this.#options.settle();
    if (!/^Bearer \S/i.test(raw.authorization ?? '')) return unauthenticated(this.#options.tenant.tenantId);
    if (!request.query.get('api-version')) return missingApiVersion;
    if (raw.text !== '' && request.body === undefined) return malformed;
    if (request.method === 'POST' && resourceGraphPath.test(request.path)) {
      return this.#options.queryResourceGraph(request.body);
    }
    const charged = this.#options.limits?.charge(request.method, request.path, raw.authorization);
    const answer = charged?.refusal ?? this.#operate(request);
    return { ...answer, headers: { ...charged?.headers, ...answer.headers } };
  }

  /** Unknown subscriptions and resource groups are ARM's own 404s, whatever is asked of them. */
  #requireContainer(path: string): void {
    const { tenant } = this.#options;
    const { subscriptionId, resourceGroup } = containerOf(path);
    if (subscriptionId === '') return;
    if (tenant.subscription(subscriptionId) === undefined) throw subscriptionNotFound(subscriptionId);
    if (resourceGroup !== '' && !tenant.hasResourceGroup(subscriptionId, resourceGroup)) {
      throw resourceGroupNotFound(resourceGroup);
    }
  }

  #operate(request: ArmRequest): ArmAnswer {
    try {
      this.#requireContainer(request.path);
      const answer = answerByRoutes(this.#options.routes, request);
      if (answer === undefined) throw resourceTypeNotFound(request.path);
      return answer;
    } catch (error) {
      if (error instanceof ArmError) return error.answer;
      throw error;
    }
  }
}

/** Decodes the path (SDKs send `;` as %3B) and joins the empty segments that careless endpoints lead to. */
function locate(target: string): { path: string; query: URLSearchParams } {
  const [path = '/', query = ''] = target.split(/\?(.*)/s, 2);
  const segments = path.split('/').filter((segment) => segment !== '');
  return { path: `/${segments.map(decodeSegment).join('/')}`, query: new URLSearchParams(query) };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Undefined without a body, and for one that is no JSON. */
function parseBody(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unauthenticated(tenantId: string): ArmAnswer {
  const message = "Authentication failed. The 'Authorization' header is missing.";
  const challenge = `Bearer authorization_uri="https://login.microsoftonline.com/${tenantId}", error="invalid_token", error_description="The authentication failed because of missing 'Authorization' header."`;
  return {
    status: 401,
    headers: { 'www-authenticate': challenge },
    body: { error: { code: 'AuthenticationFailed', message } },
  };
}

const missingApiVersion = new ArmError(
  400,
  'MissingApiVersionParameter',
  'The api-version query parameter (?api-version=) is required for all requests.',
).answer;

const malformed = new ArmError(400, 'InvalidRequestContent', 'The request content was invalid: it is no JSON.').answer;
