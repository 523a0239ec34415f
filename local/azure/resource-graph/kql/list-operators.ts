import { comparable } from './comparison.ts';
import { commonType, type Evaluate, type Expression, readAs, readText } from './expression.ts';
import { type Position, semanticError } from './query-error.ts';
import { hasTerm } from './text-operators.ts';
import { isArray, type Value } from './value.ts';

/** Compiles `in`, `!in`, `in~`, `!in~`, `has_any` and `has_all`. A dynamic array among the items stands for its elements. */
export function compileListOperator(
  operator: string,
  left: Expression,
  items: readonly Expression[],
  at: Position,
): Evaluate {
  if (items.length === 0) throw semanticError(`'${operator}' needs at least one value`, at);
  if (operator === 'has_any' || operator === 'has_all') return compileTerms(operator, left, items);
  return compileIn(operator, left, items, at);
}

function compileTerms(operator: string, left: Expression, items: readonly Expression[]): Evaluate {
  const text = readText(left);
  const terms = flatten(
    items.map((item) => ({ item, evaluate: item.type === 'dynamic' ? item.evaluate : readText(item) })),
  );
  return (row, now) => {
    const subject = text(row, now);
    const found = (term: Value) => hasTerm(subject, String(term ?? ''));
    const list = terms(row, now);
    return operator === 'has_any' ? list.some(found) : list.every(found);
  };
}

function compileIn(operator: string, left: Expression, items: readonly Expression[], at: Position): Evaluate {
  const wanted = !operator.startsWith('!');
  const ignoresCase = operator.endsWith('~');
  if (ignoresCase) for (const operand of [left, ...items]) readText(operand);
  for (const item of items) {
    if (commonType(left.type, item.type) !== undefined) continue;
    throw semanticError(`'${operator}' is not defined for ${left.type} and ${item.type}`, at);
  }
  const subject = ignoresCase ? readText(left) : left.evaluate;
  const values = flatten(items.map((item) => ({ item, evaluate: readAs(item, 'dynamic') })));
  const keyOf = (value: Value) => (ignoresCase && typeof value === 'string' ? value.toLowerCase() : comparable(value));
  const fixed = items.every((item) => item.constant) ? new Set(values([], 0n).map(keyOf)) : undefined;
  return (row, now) => {
    const value = keyOf(subject(row, now));
    if (value === null) return !wanted;
    return (fixed ?? new Set(values(row, now).map(keyOf))).has(value) === wanted;
  };
}

interface Item {
  readonly item: Expression;
  readonly evaluate: Evaluate;
}

function flatten(items: readonly Item[]): (row: readonly Value[], now: bigint) => readonly Value[] {
  return (row, now) =>
    items.flatMap(({ evaluate }) => {
      const value = evaluate(row, now);
      return isArray(value) ? value : [value];
    });
}
