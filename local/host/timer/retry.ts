import type { LoadedFunction } from '../app/bindings.ts';
import type { RetryContext, RetryOptions } from '../app/contract.ts';
import type { Invocation, InvocationResult, Invoke } from '../invocation/invoke.ts';
import { messageOf } from '../log.ts';
import { pause } from '../pause.ts';

/** Runs the function, and again by its retry policy for as long as it fails and the host does not stop. */
export async function invokeWithRetry(
  fn: LoadedFunction,
  invocation: Invocation,
  invoke: Invoke,
  signal: AbortSignal,
): Promise<InvocationResult> {
  const options = fn.metadata.retryOptions;
  let result = await invoke(fn, invocation);
  if (options === undefined) return result;
  for (let retry = 1; result.kind === 'failed' && mayRetry(options, retry); retry += 1) {
    if (!(await pause(retryDelay(options, retry), signal))) break;
    const retryContext = toRetryContext(options, retry, result.error);
    result = await invoke(fn, { ...invocation, retryContext });
  }
  return result;
}

function mayRetry({ maxRetryCount }: RetryOptions, retry: number): boolean {
  return maxRetryCount === -1 || retry <= maxRetryCount;
}

/**
 * Milliseconds before a retry, counted from 1. Production's backoff also doubles between the two intervals, with some
 * randomness; its exact curve is unconfirmed.
 */
export function retryDelay(options: RetryOptions, retry: number): number {
  if (options.retryStrategy === 'fixedDelay') return (options.delayInterval?.seconds ?? 0) * 1000;
  const minimum = (options.minimumInterval?.seconds ?? 0) * 1000;
  const maximum = (options.maximumInterval?.seconds ?? 0) * 1000;
  return Math.min(maximum, minimum * 2 ** (retry - 1));
}

function toRetryContext({ maxRetryCount }: RetryOptions, retryCount: number, error: unknown): RetryContext {
  const stackTrace = error instanceof Error ? (error.stack ?? '') : '';
  return { retryCount, maxRetryCount, exception: { source: '', stackTrace, message: messageOf(error) } };
}
