/** Whether a route value is acceptable. */
export type Constraint = (value: string) => boolean;

const isWhole = (value: string) => /^[+-]?\d+$/.test(value);
const isBetween = (value: string, low: number, high: number) =>
  isWhole(value) && Number(value) >= low && Number(value) <= high;
const numbers = (argument: string) => argument.split(',').map(Number);

// The inline constraints of ASP.NET routing that make sense in a template of a function.
const constraintsBy: Readonly<Record<string, (argument: string) => Constraint>> = {
  alpha: () => (value) => /^[a-z]+$/i.test(value),
  bool: () => (value) => /^(true|false)$/i.test(value),
  guid: () => (value) => /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(value),
  int: () => (value) => isBetween(value, -(2 ** 31), 2 ** 31 - 1),
  long: () => isWhole,
  min: (argument) => (value) => isBetween(value, Number(argument), Number.POSITIVE_INFINITY),
  max: (argument) => (value) => isBetween(value, Number.NEGATIVE_INFINITY, Number(argument)),
  range(argument) {
    const [low = 0, high = 0] = numbers(argument);
    return (value) => isBetween(value, low, high);
  },
  minlength: (argument) => (value) => value.length >= Number(argument),
  maxlength: (argument) => (value) => value.length <= Number(argument),
  length(argument) {
    const [low = 0, high = low] = numbers(argument);
    return (value) => value.length >= low && value.length <= high;
  },
};

/** The constraint of a template such as `int` or `length(3,5)`; undefined when this host does not know it. */
export function parseConstraint(text: string): Constraint | undefined {
  const [, name = '', argument = ''] = /^(\w+)(?:\((.*)\))?$/.exec(text) ?? [];
  return constraintsBy[name.toLowerCase()]?.(argument);
}
