import type { Cursor } from './cursor.ts';
import { parseDynamicLiteral } from './dynamic-literal.ts';
import { semanticError, syntaxError } from './query-error.ts';
import { reservedNames } from './reserved-names.ts';
import type { ExpressionNode, NamedNode } from './syntax.ts';
import type { ColumnType } from './value.ts';

const UNARY_POWER = 6;

const binaryPowers = new Map<string, number>([
  ['or', 1],
  ['and', 2],
  ...['==', '!=', '<>', '=~', '!~', '<', '<=', '>', '>=', 'matches'].map((name) => [name, 3] as const),
  ...['has', 'has_cs', 'hasprefix', 'hassuffix', 'contains', 'contains_cs'].flatMap(withNegation),
  ...['startswith', 'startswith_cs', 'endswith', 'endswith_cs'].flatMap(withNegation),
  ...['in', 'in~', '!in', '!in~', 'has_any', 'has_all', 'between', '!between'].map((name) => [name, 3] as const),
  ['+', 4],
  ['-', 4],
  ['*', 5],
  ['/', 5],
  ['%', 5],
]);

const listOperators = new Set(['in', 'in~', '!in', '!in~', 'has_any', 'has_all']);

const typeNames = new Map<string, ColumnType>([
  ['string', 'string'],
  ['int', 'int'],
  ['long', 'long'],
  ['real', 'real'],
  ['double', 'real'],
  ['bool', 'bool'],
  ['boolean', 'bool'],
  ['datetime', 'datetime'],
  ['date', 'datetime'],
  ['timespan', 'timespan'],
  ['time', 'timespan'],
  ['dynamic', 'dynamic'],
]);

function withNegation(name: string): readonly (readonly [string, number])[] {
  return [
    [name, 3],
    [`!${name}`, 3],
  ];
}

/** Parses one expression; stops at the first token that cannot continue it. `power` is the binding power to its left. */
export function parseExpression(cursor: Cursor, power = 0): ExpressionNode {
  let left = parseOperand(cursor);
  for (;;) {
    const token = cursor.peek();
    const binding = token.kind === 'symbol' || token.kind === 'name' ? binaryPowers.get(token.text) : undefined;
    if (binding === undefined || binding <= power) return left;
    cursor.next();
    left = parseInfix(cursor, left, token.text === '<>' ? '!=' : token.text, binding, token.at);
  }
}

function parseInfix(
  cursor: Cursor,
  left: ExpressionNode,
  operator: string,
  binding: number,
  at: ExpressionNode['at'],
): ExpressionNode {
  if (listOperators.has(operator)) return { kind: 'list', operator, left, items: parseArguments(cursor), at };
  if (operator === 'between' || operator === '!between') {
    cursor.expect('(');
    const low = parseExpression(cursor);
    cursor.expect('..');
    const high = parseExpression(cursor);
    cursor.expect(')');
    return { kind: 'between', negated: operator === '!between', left, low, high, at };
  }
  if (operator === 'matches') cursor.expect('regex');
  return { kind: 'binary', operator, left, right: parseExpression(cursor, binding), at };
}

function parseOperand(cursor: Cursor): ExpressionNode {
  const at = cursor.at;
  if (cursor.accept('-')) return { kind: 'negate', operand: parseExpression(cursor, UNARY_POWER), at };
  if (cursor.accept('+')) return parseExpression(cursor, UNARY_POWER);
  return parsePostfix(cursor, parsePrimary(cursor));
}

function parsePrimary(cursor: Cursor): ExpressionNode {
  const token = cursor.peek();
  if (token.kind === 'literal' && token.type) {
    cursor.next();
    return { kind: 'literal', type: token.type, value: token.value, at: token.at };
  }
  if (cursor.accept('(')) {
    const inner = parseExpression(cursor);
    cursor.expect(')');
    return inner;
  }
  if (cursor.sees('*')) return { kind: 'star', at: cursor.next().at };
  const { text: name, kind, at } = cursor.expectName();
  if (kind === 'name' && cursor.sees('(')) return parseCall(cursor, name, at);
  return { kind: 'name', name, at };
}

function parseCall(cursor: Cursor, name: string, at: ExpressionNode['at']): ExpressionNode {
  if (name === 'dynamic') return { kind: 'literal', type: 'dynamic', value: parseDynamicLiteral(cursor), at };
  if (name !== 'typeof') return { kind: 'call', name, args: parseArguments(cursor), at };
  cursor.expect('(');
  const type = parseTypeName(cursor);
  cursor.expect(')');
  return { kind: 'type', type, at };
}

/** Parses the name of a scalar type. */
export function parseTypeName(cursor: Cursor): ColumnType {
  const { text, at } = cursor.expectName();
  const type = typeNames.get(text);
  if (!type) throw semanticError(`Unknown type '${text}'`, at);
  return type;
}

function parseArguments(cursor: Cursor): readonly ExpressionNode[] {
  cursor.expect('(');
  if (cursor.accept(')')) return [];
  const args = cursor.list(() => parseExpression(cursor));
  cursor.expect(')');
  return args;
}

function parsePostfix(cursor: Cursor, operand: ExpressionNode): ExpressionNode {
  let target = operand;
  for (;;) {
    const at = cursor.at;
    if (cursor.peek().kind === 'quoted-name') {
      target = { kind: 'member', target, key: cursor.next().text, at };
    } else if (cursor.accept('.')) {
      target = { kind: 'member', target, key: cursor.expectName().text, at };
    } else if (cursor.accept('[')) {
      target = { kind: 'index', target, key: parseExpression(cursor), at };
      cursor.expect(']');
    } else {
      return target;
    }
  }
}

/** Parses `name = expression`, `(a, b) = expression` or a bare expression. */
export function parseNamed(cursor: Cursor): NamedNode {
  const names = parseNames(cursor);
  const at = cursor.at;
  const expression = parseExpression(cursor);
  if (expression.kind === 'star') throw syntaxError("'*' is not an expression", at);
  return { names, expression };
}

function parseNames(cursor: Cursor): readonly string[] {
  const { kind } = cursor.peek();
  if ((kind === 'name' || kind === 'quoted-name') && cursor.sees('=', 1)) {
    const name = expectNewName(cursor);
    cursor.next();
    return [name];
  }
  return seesNameList(cursor) ? parseNameList(cursor) : [];
}

/** A name given to a column; words of the language need brackets and quotes around them. */
function expectNewName(cursor: Cursor): string {
  const { kind, text, at } = cursor.expectName();
  if (kind === 'name' && reservedNames.has(text)) throw syntaxError(`The name '${text}' needs to be bracketed`, at);
  return text;
}

function seesNameList(cursor: Cursor): boolean {
  if (!cursor.sees('(')) return false;
  const isName = (distance: number) => ['name', 'quoted-name'].includes(cursor.peek(distance).kind);
  let distance = 1;
  while (isName(distance) && cursor.sees(',', distance + 1)) distance += 2;
  return isName(distance) && cursor.sees(')', distance + 1) && cursor.sees('=', distance + 2);
}

function parseNameList(cursor: Cursor): readonly string[] {
  cursor.expect('(');
  const names = cursor.list(() => expectNewName(cursor));
  cursor.expect(')');
  cursor.expect('=');
  return names;
}
