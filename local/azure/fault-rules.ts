import type { ArmAnswer } from './arm-error.ts';

/** An answer that a test puts in the place of the right one. */
export interface FaultRule {
  /** Any method if left out. */
  readonly method?: string;
  readonly path: RegExp;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** After so many requests the rule is gone; without it, it stays. */
  readonly times?: number;
  /** How long the answer takes, in real time. */
  readonly delayMs?: number;
}

/** The rules in force; the first that fits a request decides. */
export class FaultRules {
  readonly #rules: { readonly rule: FaultRule; left: number }[] = [];

  add(rule: FaultRule): void {
    this.#rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  /** The fault for a request, counted as used. */
  take(method: string, path: string): FaultRule | undefined {
    const found = this.#rules.find(
      ({ rule, left }) => left > 0 && (rule.method ?? method) === method && path.search(rule.path) >= 0,
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.rule;
  }
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
