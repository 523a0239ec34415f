/** A comparison of a field, without its negation: `notEquals` is `equals` within `not`. */
export interface PolicyComparison {
  readonly kind: 'comparison';
  /** As the rule names it, for example `type` or `tags['owner']`. */
  readonly field: string;
  /** Lower-cased, for example `equals`. */
  readonly operator: string;
  /** What the field is compared with; `undefined` = it could not be told. */
  readonly operand: unknown;
}

/** The condition of a rule of Azure Policy, with the parameters of an assignment filled in. */
export type PolicyCondition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly PolicyCondition[] }
  | { readonly kind: 'not'; readonly of: PolicyCondition }
  | PolicyComparison
  /** A part that is not understood: `count`, `value`, functions. */
  | { readonly kind: 'unread' };

/** Whether something holds; `undefined` = it cannot be told. */
export type Truth = boolean | undefined;

function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

function all(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) {
    return false;
  }
  return truths.includes(undefined) ? undefined : true;
}

/** Whether a condition holds for a resource of which each comparison is judged, as far as its parts tell. */
export function truthOf(condition: PolicyCondition, judge: (comparison: PolicyComparison) => Truth): Truth {
  switch (condition.kind) {
    case 'all':
      return all(condition.of.map((each) => truthOf(each, judge)));
    case 'any':
      return not(all(condition.of.map((each) => not(truthOf(each, judge)))));
    case 'not':
      return not(truthOf(condition.of, judge));
    case 'comparison':
      return judge(condition);
    case 'unread':
      return undefined;
    default: {
      const never: never = condition;
      return never;
    }
  }
}

/** All comparisons in a condition, in the order in which they stand there. */
export function comparisonsIn(condition: PolicyCondition): readonly PolicyComparison[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(comparisonsIn);
    case 'not':
      return comparisonsIn(condition.of);
    case 'comparison':
      return [condition];
    case 'unread':
      return [];
    default: {
      const never: never = condition;
      return never;
    }
  }
}
