import { castDynamic } from './conversion.ts';
import { type Evaluate, type Expression, requireType } from './expression.ts';
import type { Row } from './value.ts';

type Truth = (row: Row, now: bigint) => boolean | null;

function readTruth(operand: Expression): Truth {
  requireType(operand, ['bool', 'dynamic']);
  const { evaluate } = operand;
  return (row, now) => {
    const value = castDynamic(evaluate(row, now), 'bool');
    return typeof value === 'boolean' ? value : null;
  };
}

/** Compiles `left and right` with three values: false wins over null. */
export function compileAnd(left: Expression, right: Expression): Evaluate {
  const [first, second] = [readTruth(left), readTruth(right)];
  return (row, now) => {
    const a = first(row, now);
    if (a === false) return false;
    const b = second(row, now);
    return b === false ? false : a === null ? null : b;
  };
}

/** Compiles `left or right` with three values: true wins over null. */
export function compileOr(left: Expression, right: Expression): Evaluate {
  const [first, second] = [readTruth(left), readTruth(right)];
  return (row, now) => {
    const a = first(row, now);
    if (a === true) return true;
    const b = second(row, now);
    return b === true ? true : a === null ? null : b;
  };
}
