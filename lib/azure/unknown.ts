import { isRestError } from '@azure/core-rest-pipeline';

import type { UnknownBecause, UnknownCause } from '../domain/fact.ts';
import { toldSeconds } from './connection.ts';

/** Query strings may carry signatures, headers carry tokens: neither reaches a message. */
function withoutSecrets(text: string): string {
  return text.replaceAll(/\?[^\s'"]*=[^\s'"]*/g, '').replaceAll(/Bearer\s+\S+/gi, 'Bearer');
}

/** The ARM action that a 403 names, for example `Microsoft.Compute/virtualMachines/read`. */
function refusedAction(message: string): string | undefined {
  return /perform action '([^']+)'/.exec(message)?.[1];
}

function causeOf(status: number | undefined): UnknownCause {
  if (status === 401 || status === 403) {
    return 'no-permission';
  }
  return status === 429 ? 'throttled' : 'partial-inventory';
}

/** Turns what Azure answered, or that it did not, into the cause of an unknown. `what`: the read that failed. */
export function unknownFrom(
  error: unknown,
  what: string,
): { readonly kind: 'unknown'; readonly because: UnknownBecause } {
  // Not `instanceof`: the client of Azure Backup brings an error class of its own under the same name.
  const { statusCode: status, code, response } = isRestError(error) ? error : {};
  const text = error instanceof Error ? error.message : String(error);
  const action = refusedAction(text);
  const cause = causeOf(status);
  const said = [status, code].filter(Boolean).join(' ') || withoutSecrets(text).slice(0, 200);
  const detail = `${what}: ${said}${action ? `, missing ${action}` : ''}.`;
  const retryAfterSeconds = toldSeconds(response);
  // Without a status there was no answer at all.
  const mayPass = status === undefined ? isRestError(error) : status >= 500 || status === 408 || status === 429;
  return {
    kind: 'unknown',
    because: {
      cause,
      detail,
      ...(action ? { action } : {}),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(mayPass ? { mayPass } : {}),
    },
  };
}

/** A row or body that does not have the shape that Azure documents. */
export function malformed(what: string): { readonly kind: 'unknown'; readonly because: UnknownBecause } {
  return {
    kind: 'unknown',
    because: { cause: 'not-reported', detail: `${what} is missing or malformed in Azure's answer.` },
  };
}
