import type { Expression } from '../expression.ts';
import { semanticError } from '../query-error.ts';
import { dateOfTicks } from '../ticks.ts';
import { isNumeric, type Value, widerNumber } from '../value.ts';
import {
  type BoundCall,
  namedAfterArgument,
  overloads,
  pure,
  requireCount,
  requireNumber,
  type ScalarFunction,
} from './signature.ts';

/** An expression of the time of the query: marks the query as one whose answer ages. */
function clock(call: BoundCall, offset: (span: bigint) => bigint): Omit<Expression, 'at'> {
  const [span] = call.args;
  if (span && span.type !== 'timespan') throw semanticError('A value of type timespan expected', span.at);
  call.scope.compilation.readsClock = true;
  if (!span) return { type: 'datetime', evaluate: (_, now) => now };
  return {
    type: 'datetime',
    evaluate: (row, now) => {
      const ticks = span.evaluate(row, now);
      return typeof ticks === 'bigint' ? now + offset(ticks) : null;
    },
  };
}

const now: ScalarFunction = (call) => {
  requireCount(call, 0, 1);
  return clock(call, (span) => span);
};

const ago: ScalarFunction = (call) => {
  requireCount(call, 1);
  return clock(call, (span) => -span);
};

const DAY = 864_000_000_000n;

/** Ticks of the parts that all have one length; weeks start on Sunday, and 1 January 1970 was a Thursday. */
const fixedParts = new Map<string, { readonly ticks: bigint; readonly offset?: bigint }>([
  ['week', { ticks: 7n * DAY, offset: 4n * DAY }],
  ['day', { ticks: DAY }],
  ['hour', { ticks: 36_000_000_000n }],
  ['minute', { ticks: 600_000_000n }],
  ['second', { ticks: 10_000_000n }],
  ['millisecond', { ticks: 10_000n }],
  ['microsecond', { ticks: 10n }],
]);

/** Months of the parts that follow the calendar. */
const calendarParts = new Map([
  ['year', 12],
  ['quarter', 3],
  ['month', 1],
]);

function floorDivide(value: bigint, divisor: bigint): bigint {
  const rest = ((value % divisor) + divisor) % divisor;
  return (value - rest) / divisor;
}

/** How many boundaries of a part of the calendar lie before an instant. */
function ordinal(part: string, ticks: bigint): number | undefined {
  const fixed = fixedParts.get(part);
  if (fixed) return Number(floorDivide(ticks + (fixed.offset ?? 0n), fixed.ticks));
  if (part === 'nanosecond') return Number(ticks * 100n);
  const months = calendarParts.get(part);
  const date = dateOfTicks(ticks);
  return months && Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months);
}

/** `datetime_diff(part, later, earlier)`: boundaries crossed, not elapsed time. */
const datetimeDiff: ScalarFunction = (call) => {
  const part = String(call.args[0]?.constant?.value ?? '').toLowerCase();
  if (ordinal(part, 0n) === undefined) {
    throw semanticError('Expected a literal: year, quarter, month, week, day, hour, minute, second, ...', call.at);
  }
  return pure(['text', 'datetime', 'datetime'], 'long', (_, later, earlier) =>
    later === null || earlier === null ? null : (ordinal(part, later) ?? 0) - (ordinal(part, earlier) ?? 0),
  )(call);
};

function binValue(value: Value, size: Value): Value {
  if (typeof value === 'bigint' && typeof size === 'bigint') return size > 0n ? floorDivide(value, size) * size : null;
  if (typeof value === 'number' && typeof size === 'number') return size > 0 ? Math.floor(value / size) * size : null;
  return null;
}

/** `bin(value, size)`: numbers by numbers, instants and time spans by time spans. */
const bin: ScalarFunction = (call) => {
  requireCount(call, 2);
  const [value, size] = call.args;
  if (!value || !size) throw semanticError('bin takes a value and a size', call.at);
  const areNumbers = isNumeric(value.type) && isNumeric(size.type);
  const isTime = (value.type === 'datetime' || value.type === 'timespan') && size.type === 'timespan';
  if (!areNumbers && !isTime) throw semanticError(`'bin' is not compatible with ${value.type}, ${size.type}`, call.at);
  return {
    type: areNumbers ? widerNumber(value.type, size.type) : value.type,
    evaluate: (row, time) => binValue(value.evaluate(row, time), size.evaluate(row, time)),
  };
};

/** Rounds half away from zero at a number of decimal digits (ties: unconfirmed). */
function round(value: number | null, digits: number | null): number | null {
  if (value === null || digits === null) return null;
  const factor = 10 ** digits;
  return (Math.sign(value) * Math.round(Math.abs(value) * factor)) / factor;
}

const roundNumber: ScalarFunction = (call) => {
  const [value] = call.args;
  if (value) requireNumber(value);
  const rounded = overloads({
    1: pure(['number'], 'real', (number) => round(number, 0)),
    2: pure(['number', 'number'], 'real', round),
  })(call);
  return { ...rounded, type: value && value.type !== 'real' ? 'long' : 'real' };
};

/** Functions of the clock, the calendar and of rounding. */
export const timeAndRoundingFunctions: Readonly<Record<string, ScalarFunction>> = {
  now,
  ago,
  datetime_diff: datetimeDiff,
  bin: namedAfterArgument(bin),
  round: namedAfterArgument(roundNumber),
};
