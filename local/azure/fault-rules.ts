import { FaultOccasions, type Occasions } from '../fault-occasions.ts';
import type { ArmAnswer } from './arm-error.ts';

/** A request as faults select it. */
export interface FaultedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The body as it came. */
  readonly text: string;
}

/** The requests that a fault is about. */
interface Selection extends Occasions {
  /** Any method if left out. */
  readonly method?: string;
  readonly path: RegExp;
  /** What the body has to match: the text of a Resource Graph query stands in it, as JSON. */
  readonly asks?: RegExp;
  /** How long the answer takes, in real time. */
  readonly delayMs?: number;
}

/** An answer that a test puts in the place of the right one. */
export interface FaultRule extends Selection {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A page without rows, whose continuation leads to the right page. */
export interface EmptyPage extends Selection {
  readonly emptyPage: true;
}

export type Fault = FaultRule | EmptyPage;

/** The rules in force; the first that hits a request decides. */
export class FaultRules {
  readonly #rules: { readonly rule: Fault; readonly occasions: FaultOccasions }[] = [];

  add(rule: Fault): void {
    this.#rules.push({ rule, occasions: new FaultOccasions(rule) });
  }

  /** From now on everything is answered as it should be. */
  clear(): void {
    this.#rules.length = 0;
  }

  /** The fault for a request, counted as used. */
  take(request: FaultedRequest): Fault | undefined {
    return this.#rules.find(({ rule, occasions }) => fits(rule, request) && occasions.hits(wholeOf(request)))?.rule;
  }
}

const wholeOf = ({ method, path, query, text }: FaultedRequest): string => `${method} ${path}?${query} ${text}`;

function fits(rule: Selection, { method, path, text }: FaultedRequest): boolean {
  return (
    (rule.method ?? method) === method &&
    path.search(rule.path) >= 0 &&
    (rule.asks === undefined || text.search(rule.asks) >= 0)
  );
}

/** The answer that a rule stands for; without a body of its own, an ARM error with a telling code. */
export function faultAnswer({ status, headers, body }: FaultRule): ArmAnswer {
  const fallback =
    status < 400 ? undefined : { error: { code: codes[status] ?? 'InjectedFault', message: 'An injected fault.' } };
  return { status, ...(headers === undefined ? {} : { headers }), body: body ?? fallback };
}

const codes: Readonly<Record<number, string>> = {
  403: 'AuthorizationFailed',
  404: 'ResourceNotFound',
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
};
