import fc from 'fast-check';

export type Path = readonly (string | number)[];

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export function pathsOf(value: unknown, at: Path = []): readonly Path[] {
  const children = isContainer(value) ? Object.entries(value) : [];
  return [at, ...children.flatMap(([key, child]) => pathsOf(child, [...at, key]))];
}

export const dropped = Symbol('dropped');

export function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (!isContainer(value)) return value;
  const copy: Record<string | number, unknown> = Array.isArray(value) ? ([...value] as never) : { ...value };
  const child = replaced(copy[key], rest, by);
  if (child !== dropped) copy[key] = child;
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else delete copy[key];
  return copy;
}

/** What stands in the place of a value: nothing, null, the wrong type, an unknown word, a time that is to come or is none. */
const replacement = fc.oneof(
  fc.constantFrom<unknown>(
    dropped,
    null,
    '',
    'Unheard-of',
    'constructor',
    '__proto__',
    '2999-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    'not a time',
    5,
    -1,
    1e300,
    true,
    [],
    {},
    [null],
  ),
  fc.string(),
);

/** A payload with one to four of its parts broken. */
export function mutationsOf(payload: unknown): fc.Arbitrary<unknown> {
  const change = fc.tuple(fc.constantFrom(...pathsOf(payload)), replacement);
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const broken = changes.reduce<unknown>((value, [path, by]) => replaced(value, path, by), payload);
    return broken === dropped ? undefined : broken;
  });
}
