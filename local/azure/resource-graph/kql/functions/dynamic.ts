import { comparable } from '../comparison.ts';
import { toDynamic, toText } from '../conversion.ts';
import { type Expression, requireType } from '../expression.ts';
import { semanticError } from '../query-error.ts';
import { isArray, isBag, type Value } from '../value.ts';
import { pure, requireCount, type ScalarFunction } from './signature.ts';

function asJson(argument: Expression): Expression['evaluate'] {
  const { evaluate, type } = argument;
  return (row, now) => toDynamic(evaluate(row, now), type);
}

const packArray: ScalarFunction = (call) => {
  requireCount(call, 1, 32_767);
  const values = call.args.map(asJson);
  return { type: 'dynamic', evaluate: (row, now) => values.map((value) => value(row, now)) };
};

const bagPack: ScalarFunction = (call) => {
  requireCount(call, 2, 65_534);
  if (call.args.length % 2 !== 0) throw semanticError(`The function '${call.name}' takes pairs`, call.at);
  const keys = call.args.filter((_, index) => index % 2 === 0);
  for (const key of keys) requireType(key, ['string', 'dynamic']);
  const values = call.args.filter((_, index) => index % 2 === 1).map(asJson);
  return {
    type: 'dynamic',
    evaluate: (row, now) =>
      Object.fromEntries(
        keys.map((key, index) => [toText(key.evaluate(row, now), key.type), values[index]?.(row, now) ?? null]),
      ),
  };
};

/** All columns of the row as one bag; `pack_all(true)` leaves out what is null or empty. */
const packAll: ScalarFunction = (call) => {
  requireCount(call, 0, 1);
  const dropsEmpty = call.args[0]?.constant?.value === true;
  const { columns } = call.scope;
  return {
    type: 'dynamic',
    evaluate: (row) => {
      const entries = columns.map(({ name, type }, index): [string, Value] => [name, toDynamic(row[index], type)]);
      return Object.fromEntries(dropsEmpty ? entries.filter(([, value]) => value !== null && value !== '') : entries);
    },
  };
};

/** Joins arrays end to end; null when one of them is no array. */
const arrayConcat: ScalarFunction = (call) => {
  requireCount(call, 1, 64);
  return { type: 'dynamic', evaluate: ofArrays(call.args, (arrays) => arrays.flat(1)) };
};

const setUnion: ScalarFunction = (call) => {
  requireCount(call, 2, 64);
  return { type: 'dynamic', evaluate: ofArrays(call.args, (arrays) => distinct(arrays.flat(1))) };
};

function ofArrays(args: readonly Expression[], apply: (arrays: readonly (readonly Value[])[]) => Value) {
  for (const argument of args) requireType(argument, ['dynamic']);
  const evaluate: Expression['evaluate'] = (row, now) => {
    const arrays = args.map((argument) => argument.evaluate(row, now));
    return arrays.every(isArray) ? apply(arrays) : null;
  };
  return evaluate;
}

/** The values without repetitions, in order of first appearance. */
export function distinct(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [comparable(value), value])).values()];
}

const setHasElement: ScalarFunction = (call) => {
  requireCount(call, 2);
  const [set, element] = call.args;
  if (!set || !element) throw semanticError('set_has_element takes a set and a value', call.at);
  requireType(set, ['dynamic']);
  const wanted = asJson(element);
  return {
    type: 'bool',
    evaluate: (row, now) => {
      const array = set.evaluate(row, now);
      const key = comparable(wanted(row, now));
      return isArray(array) ? array.some((item) => comparable(item) === key) : null;
    },
  };
};

/** Functions of arrays and bags; what is neither gives null. */
export const dynamicFunctions: Readonly<Record<string, ScalarFunction>> = {
  array_length: pure(['dynamic'], 'long', (value) => (isArray(value) ? value.length : null)),
  bag_keys: pure(['dynamic'], 'dynamic', (value) => (isBag(value) ? Object.keys(value) : null)),
  bag_pack: bagPack,
  pack: bagPack,
  pack_array: packArray,
  pack_all: packAll,
  array_concat: arrayConcat,
  set_union: setUnion,
  set_has_element: setHasElement,
};
