import type { TypedData } from '../app/contract.ts';

/** Trigger metadata on the wire, by name. */
export type Metadata = Readonly<Record<string, TypedData>>;

/** Instants in .NET's form, to the second and with `+00:00` instead of `Z`. */
export function dotnetDate(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, '+00:00');
}

/**
 * Adds the top-level properties of a JSON object to the metadata, as the host does for every text trigger. They replace
 * built-ins of the same name in any case. Objects go as JSON; scalars as the text .NET makes of them, which the library
 * parses again; arrays and nulls are left out. Texts that look like dates may arrive reformatted in production
 * (unconfirmed); here they stay as they are.
 */
export function withLiftedProperties(metadata: Metadata, text: string): Metadata {
  const parsed = parseObject(text);
  if (parsed === undefined) return metadata;
  const result: Record<string, TypedData> = { ...metadata };
  for (const [name, value] of Object.entries(parsed)) {
    const data = lifted(value);
    if (data !== undefined) result[keyOf(result, name)] = data;
  }
  return result;
}

function parseObject(text: string): object | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lifted(value: unknown): TypedData | undefined {
  if (value === null || Array.isArray(value)) return undefined;
  if (typeof value === 'object') return { json: JSON.stringify(value) };
  // .NET writes booleans with a capital, so that the library does not parse them back.
  if (typeof value === 'boolean') return { string: value ? 'True' : 'False' };
  return { string: String(value) };
}

function keyOf(metadata: Metadata, name: string): string {
  return Object.keys(metadata).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;
}
