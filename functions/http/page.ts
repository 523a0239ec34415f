import { WrongCursor } from '../../lib/use-cases/cursor.ts';
import { Problem } from './problem.ts';

/** A page of a list; 400 naming the cursor where it is not one of that list. */
export async function pageOf<T>(page: Promise<T>): Promise<T> {
  try {
    return await page;
  } catch (error) {
    if (error instanceof WrongCursor) {
      throw new Problem(400, 'Bad request', `cursor: ${error.message}.`, { parameter: 'cursor' });
    }
    throw error;
  }
}
