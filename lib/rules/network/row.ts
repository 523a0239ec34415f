/**
 * Follows property names into a raw Resource Graph row; `undefined` where the way ends. A row is never trusted to have
 * the shape that Azure documents.
 */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (!isRow(current)) {
      return undefined;
    }
    const next: unknown = current[name];
    // What every object has from its prototype is functions, which no row has of its own.
    if (typeof next === 'function') {
      return undefined;
    }
    current = next;
  }
  return current;
}

/** Whether a value is an object with named properties, as every row and its `properties` must be. */
export function isRow(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A non-empty text at a place in a row. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const text = at(value, ...path);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** A text in lower case, for Azure's enum values: their case differs between API versions. */
export function wordAt(value: unknown, ...path: readonly string[]): string | undefined {
  return textAt(value, ...path)?.toLowerCase();
}

/** A list at a place in a row; a list that is not there is empty, something else in its place is `undefined`. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] | undefined {
  const list = at(value, ...path) ?? [];
  return Array.isArray(list) ? list : undefined;
}
