import { comparable } from './comparison.ts';
import type { Value } from './value.ts';

/**
 * One value that is equal for equal cells: what rows are grouped, joined and made distinct by. Cells of different types
 * never meet in one position, so that their text tells them apart; null gets a mark no text can hold.
 */
export function keyOf(cells: readonly Value[]): Value {
  const [first] = cells;
  if (cells.length === 1) return comparable(first);
  return cells.map((cell) => (cell === null ? '\u0001' : String(comparable(cell)))).join('\u0000');
}
