/**
 * A shuffled copy, the same for the same seed and turn. Resource Graph returns rows without `order by` in any order, another
 * one for each page: code that relies on an order is to fail here and not in production.
 */
export function shuffled<T>(items: readonly T[], seed: number, turn: number): readonly T[] {
  const copy = [...items];
  let state = (seed * 0x9e3779b1 + turn * 0x85ebca6b + 1) >>> 0;
  for (let index = copy.length - 1; index > 0; index -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (index + 1));
    const [first, second] = [copy[index], copy[other]];
    if (first === undefined || second === undefined) continue;
    copy[index] = second;
    copy[other] = first;
  }
  return copy;
}
