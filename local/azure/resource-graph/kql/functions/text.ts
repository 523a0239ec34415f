import { castDynamic, convert, toText } from '../conversion.ts';
import { readText } from '../expression.ts';
import { semanticError } from '../query-error.ts';
import { regularExpression } from '../text-operators.ts';
import type { Value } from '../value.ts';
import { namedAfterArgument, overloads, pure, requireCount, type ScalarFunction } from './signature.ts';

/** Characters are code points: a surrogate pair counts once. */
function characters(text: string): readonly string[] {
  return Array.from(text);
}

function substring(text: string, start: number | null, length: number | null): string {
  const all = characters(text);
  const from = start === null ? 0 : start < 0 ? Math.max(0, all.length + start) : start;
  return all.slice(from, length === null ? undefined : from + Math.max(0, length)).join('');
}

function split(text: string, delimiter: string): readonly string[] {
  return delimiter === '' ? [text] : text.split(delimiter);
}

function indexOf(text: string, needle: string, start: number | null): number {
  const from = start !== null && start < 0 ? Math.max(0, text.length + start) : (start ?? 0);
  return text.indexOf(needle, from);
}

const strcat: ScalarFunction = (call) => {
  requireCount(call, 1, 64);
  const parts = call.args.map(({ evaluate, type }) => ({ evaluate, type }));
  return {
    type: 'string',
    evaluate: (row, now) => parts.map(({ evaluate, type }) => toText(evaluate(row, now), type)).join(''),
  };
};

/** `extract(regex, group, source[, typeof(...)])`: '' or null where nothing matches. */
const extract: ScalarFunction = (call) => {
  requireCount(call, 3);
  const [pattern, group, source] = call.args;
  if (!pattern?.constant || !group?.constant || !source) throw semanticError('extract needs literals', call.at);
  const expression = regularExpression(readText(pattern)([], 0n), pattern);
  const index = Number(group.constant.value);
  const text = readText(source);
  const type = call.typeArgument ?? 'string';
  return {
    type,
    evaluate: (row, now) => convert(expression.exec(text(row, now))?.[index] ?? '', 'string', type),
  };
};

/** `trim(regex, source)`: takes the pattern off both ends. */
const trim: ScalarFunction = (call) => {
  requireCount(call, 2);
  const [pattern, source] = call.args;
  if (!pattern?.constant || !source) throw semanticError('trim needs a literal pattern', call.at);
  const body = readText(pattern)([], 0n);
  const ends = regularExpression(`^(?:${body})|(?:${body})$`, pattern, 'g');
  const text = readText(source);
  return { type: 'string', evaluate: (row, now) => text(row, now).replace(ends, '') };
};

function concatenateArray(array: Value, delimiter: string): string {
  return Array.isArray(array) ? array.map((item) => castDynamic(item, 'string') ?? '').join(delimiter) : '';
}

/** Functions that take or make text. */
export const textFunctions: Readonly<Record<string, ScalarFunction>> = {
  tolower: pure(['text'], 'string', (text) => text.toLowerCase()),
  toupper: pure(['text'], 'string', (text) => text.toUpperCase()),
  strlen: namedAfterArgument(
    pure(['text'], 'long', (text) => characters(text).length),
    'strlen_',
  ),
  strcat,
  strcat_array: pure(['dynamic', 'text'], 'string', concatenateArray),
  split: namedAfterArgument(
    overloads({
      2: pure(['text', 'text'], 'dynamic', split),
      3: pure(['text', 'text', 'whole'], 'dynamic', (text, delimiter, index) =>
        split(text, delimiter).filter((_, at) => at === index),
      ),
    }),
  ),
  substring: overloads({
    2: pure(['text', 'whole'], 'string', (text, start) => substring(text, start, null)),
    3: pure(['text', 'whole', 'whole'], 'string', substring),
  }),
  indexof: overloads({
    2: pure(['text', 'text'], 'long', (text, needle) => indexOf(text, needle, 0)),
    3: pure(['text', 'text', 'whole'], 'long', indexOf),
  }),
  replace_string: pure(['text', 'text', 'text'], 'string', (text, from, to) =>
    from === '' ? text : text.replaceAll(from, () => to),
  ),
  trim,
  extract,
};
