import type { Cursor } from './cursor.ts';
import { syntaxError } from './query-error.ts';
import type { Value } from './value.ts';

/** Parses what follows `dynamic`: JSON in parentheses, where strings may also stand in single quotes. */
export function parseDynamicLiteral(cursor: Cursor): Value {
  cursor.expect('(');
  const value = parseJson(cursor);
  cursor.expect(')');
  return value;
}

function parseJson(cursor: Cursor): Value {
  if (cursor.accept('[')) return parseArray(cursor);
  if (cursor.accept('{')) return parseBag(cursor);
  if (cursor.accept('null')) return null;
  // The lexer reads ["a"] as a name in brackets; inside JSON it is an array of one string.
  if (cursor.peek().kind === 'quoted-name') return [cursor.next().text];
  const negative = cursor.accept('-');
  const token = cursor.next();
  if (token.kind !== 'literal' || typeof token.value === 'bigint') throw syntaxError('Expected JSON', token.at);
  return negative ? -Number(token.value) : token.value;
}

function parseArray(cursor: Cursor): Value {
  if (cursor.accept(']')) return [];
  const items = cursor.list(() => parseJson(cursor));
  cursor.expect(']');
  return items;
}

function parseBag(cursor: Cursor): Value {
  if (cursor.accept('}')) return {};
  const entries = cursor.list((): readonly [string, Value] => {
    const key = cursor.next();
    if (key.type !== 'string') throw syntaxError('Expected a property name in quotes', key.at);
    cursor.expect(':');
    return [String(key.value), parseJson(cursor)];
  });
  cursor.expect('}');
  return Object.fromEntries(entries);
}
