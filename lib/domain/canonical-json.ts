/**
 * JSON with one spelling for each value, as RFC 8785 has it: no space, the names of an object in the order of their UTF-16
 * units, numbers and texts as ECMAScript writes them. What is `undefined` is left out, as in all JSON.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map((each: unknown) => canonicalJson(each ?? null)).join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  const fields = Object.entries(value)
    .filter(([, own]) => own !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, own]) => `${JSON.stringify(name)}:${canonicalJson(own)}`).join(',')}}`;
}
