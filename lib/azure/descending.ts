/** A number as a key that sorts the largest first; `digits`: how long all numbers of the table may get. */
export function descending(number: number, digits: number): string {
  return String(10 ** digits - 1 - number).padStart(digits, '0');
}
