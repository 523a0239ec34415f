import { TryAgainLater, throttledSeconds } from '../../lib/use-cases/try-again-later.ts';
import { Problem } from './problem.ts';

/** An answer that is read from Azure now; 503 where Azure does not answer. */
export async function orNotNow<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TryAgainLater) {
      throw new Problem(503, 'Azure did not answer', error.message, { retryAfterSeconds: throttledSeconds });
    }
    throw error;
  }
}
