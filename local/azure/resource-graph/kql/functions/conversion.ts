import { convert } from '../conversion.ts';
import type { ColumnType, Value } from '../value.ts';
import { namedAfterArgument, pure, requireCount, type ScalarFunction } from './signature.ts';

function conversion(to: ColumnType): ScalarFunction {
  return namedAfterArgument((call) => {
    requireCount(call, 1);
    const [argument] = call.args;
    const from = argument?.type ?? 'dynamic';
    const evaluate = argument?.evaluate ?? (() => null);
    return { type: to, evaluate: (row, now) => convert(evaluate(row, now), from, to) };
  });
}

/** Text as JSON; what is not JSON stays text, and empty text is null (Kusto reference, isnull and isempty examples). */
function parseJson(text: Value): Value {
  if (typeof text !== 'string') return text;
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const fromJson = namedAfterArgument((call) => {
  const [argument] = call.args;
  // A dynamic that already is JSON is handed through; only a text is read.
  return pure([argument?.type === 'dynamic' ? 'dynamic' : 'text'], 'dynamic', parseJson)(call);
});

/** The `to...` functions: a value that does not fit becomes null, or '' for tostring(null). */
export const conversionFunctions: Readonly<Record<string, ScalarFunction>> = {
  tostring: conversion('string'),
  toint: conversion('int'),
  tolong: conversion('long'),
  toreal: conversion('real'),
  todouble: conversion('real'),
  tobool: conversion('bool'),
  toboolean: conversion('bool'),
  todatetime: conversion('datetime'),
  totimespan: conversion('timespan'),
  parse_json: fromJson,
  todynamic: fromJson,
  toobject: fromJson,
};
