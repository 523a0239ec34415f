import * as z from 'zod';

const Members = z.record(z.string(), z.unknown());

/** The members of a JSON object by their names in lower case, as Azure Policy compares them; anything else has none. */
export function membersOf(raw: unknown): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(Members.safeParse(raw).data ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The value of a parameter; `undefined` = it could not be told. */
export type Parameters = (name: string) => unknown;

const reference = /^\[\s*parameters\(\s*'([^']+)'\s*\)\s*\]$/i;
const part = "(?:'(?:[^']|'')*'|parameters\\(\\s*'[^']+'\\s*\\))";
const concatenation = new RegExp(`^\\[\\s*concat\\((\\s*${part}\\s*(?:,\\s*${part}\\s*)*)\\)\\s*\\]$`, 'i');
const parts = /'((?:[^']|'')*)'|parameters\(\s*'([^']+)'\s*\)/gi;

function concatenated(list: string, parameters: Parameters): string | undefined {
  const values = [...list.matchAll(parts)].map(([, literal, name]) =>
    name === undefined ? literal?.replaceAll("''", "'") : parameters(name),
  );
  return values.every((value) => typeof value === 'string') ? values.join('') : undefined;
}

/**
 * What a value of a policy rule comes to: itself, the parameter that it names, or texts and parameters put together.
 * `undefined` for every other expression.
 */
export function resolved(value: unknown, parameters: Parameters): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => resolved(each, parameters));
  }
  if (typeof value !== 'string' || !value.startsWith('[')) {
    return value;
  }
  // Two brackets stand for a text that begins with one.
  if (value.startsWith('[[')) {
    return value.slice(1);
  }
  const name = reference.exec(value)?.[1];
  if (name !== undefined) {
    return parameters(name);
  }
  const list = concatenation.exec(value)?.[1];
  return list === undefined ? undefined : concatenated(list, parameters);
}

/**
 * Parameters as they are given (`{ name: { value } }`), else as they are declared (`{ name: { defaultValue } }`). What is
 * given within an initiative may name the parameters of the initiative: the outer ones.
 */
export function parametersOf(given: unknown, declared: unknown, outer: Parameters = () => undefined): Parameters {
  const values = membersOf(given);
  const declarations = membersOf(declared);
  return (name) => {
    const key = name.toLowerCase();
    return values.has(key)
      ? resolved(membersOf(values.get(key)).get('value'), outer)
      : membersOf(declarations.get(key)).get('defaultvalue');
  };
}
