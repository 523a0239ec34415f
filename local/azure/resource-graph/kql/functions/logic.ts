import { commonType, type Evaluate, type Expression, readAs, requireType } from '../expression.ts';
import { type Position, semanticError } from '../query-error.ts';
import type { ColumnType, Value } from '../value.ts';
import { type BoundCall, pure, requireCount, type ScalarFunction } from './signature.ts';

/** The type several branches have in common; there must be one. */
function unite(branches: readonly Expression[], at: Position): ColumnType {
  const [first, ...rest] = branches.map(({ type }) => type);
  const type = rest.reduce<ColumnType | undefined>((left, right) => left && commonType(left, right), first);
  if (!type) throw semanticError('No common type can be determined from the arguments', at);
  return type;
}

/** `iff` is `case` with one condition. A condition that is null counts as false. */
function choice(call: BoundCall): Omit<Expression, 'at'> {
  const otherwise = call.args.at(-1);
  const pairs = call.args.slice(0, -1);
  const conditions = pairs.filter((_, index) => index % 2 === 0);
  const branches = pairs.filter((_, index) => index % 2 === 1);
  if (!otherwise || conditions.length !== branches.length) {
    throw semanticError(`The function '${call.name}' needs a last value for when no condition holds`, call.at);
  }
  for (const condition of conditions) requireType(condition, ['bool']);
  const type = unite([...branches, otherwise], call.at);
  const tests = conditions.map(({ evaluate }) => evaluate);
  const values = [...branches, otherwise].map((branch) => readAs(branch, type));
  const last = values.length - 1;
  return {
    type,
    evaluate: (row, now) => {
      const found = tests.findIndex((test) => test(row, now) === true);
      return values[found < 0 ? last : found]?.(row, now) ?? null;
    },
  };
}

const iff: ScalarFunction = (call) => {
  requireCount(call, 3);
  return choice(call);
};

const caseOf: ScalarFunction = (call) => {
  requireCount(call, 3, 65_535);
  return choice(call);
};

/** The first value that is not null, or for strings not empty. A dynamic next to another type is refused, as in Kusto. */
const coalesce: ScalarFunction = (call) => {
  requireCount(call, 2, 64);
  const types = new Set(call.args.map(({ type }) => type));
  if (types.has('dynamic') && types.size > 1) {
    throw semanticError('No common type can be determined from the arguments', call.at);
  }
  const type = unite(call.args, call.at);
  const values = call.args.map(({ evaluate }) => evaluate);
  const empty = type === 'string' ? '' : null;
  const evaluate: Evaluate = (row, now) => {
    for (const read of values) {
      const value = read(row, now) ?? null;
      if (value !== null && value !== '') return value;
    }
    return empty;
  };
  return { type, evaluate };
};

function isEmpty(value: Value): boolean {
  return value === null || value === '';
}

/** Functions of conditions and of missing values. isnull of a string is always false: strings have no null. */
export const logicFunctions: Readonly<Record<string, ScalarFunction>> = {
  iff,
  iif: iff,
  case: caseOf,
  coalesce,
  not: pure(['bool'], 'bool', (value) => (value === null ? null : !value)),
  isempty: pure(['any'], 'bool', isEmpty),
  isnotempty: pure(['any'], 'bool', (value) => !isEmpty(value)),
  notempty: pure(['any'], 'bool', (value) => !isEmpty(value)),
  isnull: pure(['any'], 'bool', (value) => value === null),
  isnotnull: pure(['any'], 'bool', (value) => value !== null),
  notnull: pure(['any'], 'bool', (value) => value !== null),
};
