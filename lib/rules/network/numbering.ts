/**
 * Gives equal texts to equal things: rows are told apart by being the same object, lists by their entries, everything
 * else by its value. Costs a look-up per row, not a comparison of what is in it.
 */
export function createNumbering(): (value: unknown) => string {
  const ofObject = new WeakMap<object, string>();
  const ofList = new Map<string, string>();
  let last = 0;
  const fresh = () => {
    last += 1;
    return `#${last}`;
  };
  const textOf = (value: unknown): string => {
    if (typeof value === 'string') {
      return JSON.stringify(value);
    }
    if (typeof value !== 'object' || value === null) {
      return `${typeof value} ${String(value)}`;
    }
    const known = ofObject.get(value);
    if (known) {
      return known;
    }
    const text = Array.isArray(value) ? numberOfList(value) : fresh();
    ofObject.set(value, text);
    return text;
  };
  const numberOfList = (list: readonly unknown[]): string => {
    const entries = Array.from(list, textOf).join();
    const text = ofList.get(entries) ?? fresh();
    ofList.set(entries, text);
    return text;
  };
  return textOf;
}
