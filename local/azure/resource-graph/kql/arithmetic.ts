import { type Evaluate, type Expression, readAs, requireType } from './expression.ts';
import { type Position, semanticError } from './query-error.ts';
import { type ColumnType, isNumeric, type Value, widerNumber } from './value.ts';

interface Computation {
  readonly type: ColumnType;
  readonly evaluate: Evaluate;
}

type NumberOperation = (left: number, right: number) => number;

const operations: Readonly<Record<string, NumberOperation>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
};

/** Whether a name is an operator of arithmetic. */
export function isArithmeticOperator(name: string): boolean {
  return name in operations;
}

/** Compiles `+ - * / %` for numbers, time spans and instants. A null operand gives null. */
export function compileArithmetic(operator: string, left: Expression, right: Expression, at: Position): Computation {
  const operation = operations[operator];
  const kinds = `${kindOf(left.type)} ${operator} ${kindOf(right.type)}`;
  if (operation && kinds === `number ${operator} number`) return ofNumbers(operation, operator, left, right);
  const scale = scalings[kinds];
  if (scale) return { type: 'timespan', evaluate: scale(left, right) };
  const rule = timeRules[kinds];
  if (!rule) throw semanticError(`'${operator}' is not defined for ${left.type} and ${right.type}`, at);
  return { type: rule.type, evaluate: ofTicks(left, right, rule.apply) };
}

function kindOf(type: ColumnType): string {
  return isNumeric(type) || type === 'dynamic' ? 'number' : type;
}

/** Whole numbers divide to a whole number; division by zero gives null (unconfirmed). */
function ofNumbers(operation: NumberOperation, operator: string, left: Expression, right: Expression): Computation {
  const type = numberType(left.type, right.type);
  const [first, second] = [readAs(left, 'real'), readAs(right, 'real')];
  const isWhole = type === 'long' && operator === '/';
  return {
    type,
    evaluate: (row, now) => {
      const [a, b] = [first(row, now), second(row, now)];
      if (typeof a !== 'number' || typeof b !== 'number') return null;
      const result = operation(a, b);
      if (!Number.isFinite(result)) return null;
      return isWhole ? Math.trunc(result) : result;
    },
  };
}

/** Kusto computes int with int as long; two dynamics stay dynamic (official analyser). */
function numberType(left: ColumnType, right: ColumnType): ColumnType {
  if (left === 'dynamic' && right === 'dynamic') return 'dynamic';
  if (left === 'dynamic') return widerNumber(right, 'long');
  if (right === 'dynamic') return widerNumber(left, 'long');
  return widerNumber(widerNumber(left, right), 'long');
}

type TickOperation = (left: bigint, right: bigint) => Value;

const add: TickOperation = (left, right) => left + right;
const subtract: TickOperation = (left, right) => left - right;
const divide: TickOperation = (left, right) => (right === 0n ? null : Number(left) / Number(right));

const timeRules: Readonly<Record<string, { readonly type: ColumnType; readonly apply: TickOperation }>> = {
  'datetime + timespan': { type: 'datetime', apply: add },
  'timespan + datetime': { type: 'datetime', apply: add },
  'datetime - timespan': { type: 'datetime', apply: subtract },
  'datetime - datetime': { type: 'timespan', apply: subtract },
  'timespan + timespan': { type: 'timespan', apply: add },
  'timespan - timespan': { type: 'timespan', apply: subtract },
  'timespan / timespan': { type: 'real', apply: divide },
};

function ofTicks(left: Expression, right: Expression, apply: TickOperation): Evaluate {
  return (row, now) => {
    const [a, b] = [left.evaluate(row, now), right.evaluate(row, now)];
    return typeof a === 'bigint' && typeof b === 'bigint' ? apply(a, b) : null;
  };
}

const scalings: Readonly<Record<string, (left: Expression, right: Expression) => Evaluate>> = {
  'timespan * number': (left, right) => scaled(left, right, (factor) => factor),
  'number * timespan': (left, right) => scaled(right, left, (factor) => factor),
  'timespan / number': (left, right) => scaled(left, right, (divisor) => 1 / divisor),
};

function scaled(span: Expression, number: Expression, toFactor: (value: number) => number): Evaluate {
  return (row, now) => {
    const [ticks, value] = [span.evaluate(row, now), number.evaluate(row, now)];
    if (typeof ticks !== 'bigint' || typeof value !== 'number') return null;
    const result = Number(ticks) * toFactor(value);
    return Number.isFinite(result) ? BigInt(Math.round(result)) : null;
  };
}

/** Compiles `-operand`. */
export function compileNegation(operand: Expression): Computation {
  requireType(operand, ['int', 'long', 'real', 'timespan', 'dynamic']);
  const type = operand.type === 'int' ? 'long' : operand.type;
  return {
    type,
    evaluate: (row, now) => {
      const value = operand.evaluate(row, now);
      return typeof value === 'number' || typeof value === 'bigint' ? -value : null;
    },
  };
}
