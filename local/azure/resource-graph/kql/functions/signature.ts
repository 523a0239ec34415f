import { type Evaluate, type Expression, readAs, requireType } from '../expression.ts';
import { type Position, semanticError } from '../query-error.ts';
import type { Scope } from '../scope.ts';
import { type ColumnType, isNumeric, type Value } from '../value.ts';

/** A call whose arguments are compiled; `typeArgument` is a trailing `typeof(...)`. */
export interface BoundCall {
  readonly name: string;
  readonly args: readonly Expression[];
  readonly typeArgument: ColumnType | undefined;
  readonly at: Position;
  readonly scope: Scope;
}

/** A scalar function: checks a call and compiles it. */
export type ScalarFunction = (call: BoundCall) => Omit<Expression, 'at'>;

/** What a parameter takes, and what the implementation then receives. */
interface Native {
  /** string, or dynamic read as text: never null. */
  readonly text: string;
  /** Any number, or dynamic that holds one. */
  readonly number: number | null;
  /** A whole number, or dynamic that holds a number. */
  readonly whole: number | null;
  readonly bool: boolean | null;
  readonly datetime: bigint | null;
  readonly timespan: bigint | null;
  readonly dynamic: Value;
  readonly any: Value;
}

type Parameter = keyof Native;
type Natives<P extends readonly Parameter[]> = { [K in keyof P]: Native[P[K]] };

const accepted: Readonly<Record<Exclude<Parameter, 'any'>, readonly ColumnType[]>> = {
  text: ['string', 'dynamic'],
  number: ['int', 'long', 'real', 'dynamic'],
  whole: ['int', 'long', 'dynamic'],
  bool: ['bool'],
  datetime: ['datetime'],
  timespan: ['timespan'],
  dynamic: ['dynamic'],
};

function reader(parameter: Parameter, argument: Expression): Evaluate {
  if (parameter === 'any') return argument.evaluate;
  requireType(argument, accepted[parameter]);
  if (parameter === 'text') return readAs(argument, 'string');
  return parameter === 'number' || parameter === 'whole' ? readAs(argument, 'real') : argument.evaluate;
}

/** Refuses a call with too few or too many arguments. */
export function requireCount(call: BoundCall, minimum: number, maximum = minimum): void {
  const { length } = call.args;
  if (length >= minimum && length <= maximum) return;
  const wanted = maximum === minimum ? minimum : `${minimum} to ${maximum}`;
  throw semanticError(`The function '${call.name}' expects ${wanted} arguments, found ${length}`, call.at);
}

/** A function of fixed parameters without regard to anything but their values. */
export function pure<const P extends readonly Parameter[]>(
  parameters: P,
  type: ColumnType,
  apply: (...values: Natives<P>) => Value,
): ScalarFunction {
  // The readers deliver what the parameters promise; TypeScript cannot follow that through the array.
  const run = apply as unknown as (...values: readonly Value[]) => Value;
  return (call) => {
    requireCount(call, parameters.length);
    const readers = call.args.map((argument, index) => reader(parameters[index] ?? 'any', argument));
    return { type, evaluate: application(run, readers, parameters) };
  };
}

function application(
  run: (...values: readonly Value[]) => Value,
  readers: readonly Evaluate[],
  parameters: readonly Parameter[],
): Evaluate {
  const read = readers.map((evaluate, index): Evaluate => {
    const empty = parameters[index] === 'text' ? '' : null;
    return (row, now) => evaluate(row, now) ?? empty;
  });
  const [first, second] = read;
  if (read.length === 1 && first) return (row, now) => run(first(row, now));
  if (read.length === 2 && first && second) return (row, now) => run(first(row, now), second(row, now));
  return (row, now) => run(...read.map((evaluate) => evaluate(row, now)));
}

/** A function whose meaning depends on how many arguments it gets. */
export function overloads(byCount: Readonly<Record<number, ScalarFunction>>): ScalarFunction {
  const counts = Object.keys(byCount).map(Number);
  return (call) => {
    requireCount(call, Math.min(...counts), Math.max(...counts));
    const bind = byCount[call.args.length];
    if (!bind)
      throw semanticError(`The function '${call.name}' has no form with ${call.args.length} arguments`, call.at);
    return bind(call);
  };
}

/** The same function, but a column made of its result is named after its first argument, as Kusto does. */
export function namedAfterArgument(bind: ScalarFunction, prefix = ''): ScalarFunction {
  return (call) => {
    const name = call.args[0]?.name;
    return { ...bind(call), ...(name === undefined ? {} : { name: `${prefix}${name}` }) };
  };
}

/** Refuses an argument that is not a number, without looking into dynamic. */
export function requireNumber(argument: Expression): void {
  if (!isNumeric(argument.type)) throw semanticError('The expression value must be a number', argument.at);
}
