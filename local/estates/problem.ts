/** One thing wrong in an estate file: where, what should be there, and what is. */
export type Problem = { readonly path: string; readonly expected: string; readonly found: string };

/** A path inside a JSON document as people write it: `resources[3].properties`; the whole document is `(whole file)`. */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : propertyText(String(part)))).join('');
  return text.replace(/^\./, '') || '(whole file)';
}

function propertyText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** A value in few words: its kind, and the value itself where it is short. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}..."` : text;
}
