import { comparisonsIn, type PolicyComparison, type PolicyCondition, type Truth, truthOf } from './policy-condition.ts';

/** What a condition demands of resource groups; `tag` is its name, if there is only one and it can be told. */
export interface TagDemand {
  readonly tag?: string;
}

const groupType = 'microsoft.resources/subscriptions/resourcegroups';

/** `tags['owner']`, `tags[owner]` and `tags.owner`, or `tags` as a whole. */
const tagField = /^tags(?:\[(?:'(.*)'|([^*]*))\]|\.(.+))?$/i;

function isTag({ field }: PolicyComparison): boolean {
  return tagField.test(field);
}

/** The name of the tag; empty if it is not told. */
function nameOf({ field, operator, operand }: PolicyComparison): string {
  const [, quoted, bare, dotted] = tagField.exec(field) ?? [];
  const key = operator === 'containskey' && typeof operand === 'string' ? operand : '';
  return quoted ?? bare ?? dotted ?? key;
}

function isExpected(operand: unknown): Truth {
  const word = String(operand).toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : undefined;
}

const comparisons = new Set(['equals', 'in', 'like', 'match', 'matchinsensitively', 'contains', 'containskey']);

/** A tag that is not there fulfils no comparison; whether it is like an empty text is not documented. */
function withoutTags({ operator, operand }: PolicyComparison): Truth {
  if (operator === 'exists') {
    const expected = isExpected(operand);
    return expected === undefined ? undefined : !expected;
  }
  const texts: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const isTold = texts.every((each) => typeof each === 'string' && each !== '' && each !== '*');
  return comparisons.has(operator) && isTold ? false : undefined;
}

/** A pattern has one star at most. */
function isLike(text: string, pattern: string): Truth {
  const [before = '', after, ...more] = pattern.split('*');
  if (after === undefined) {
    return text === before;
  }
  const fits = text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
  return more.length === 0 ? fits : undefined;
}

function isAmong(text: string, list: readonly unknown[]): Truth {
  if (list.some((each) => typeof each === 'string' && each.toLowerCase() === text)) {
    return true;
  }
  return list.every((each) => typeof each === 'string') ? false : undefined;
}

/** Whether a comparison of the type holds for resource groups. */
function ofGroups({ operator, operand }: PolicyComparison): Truth {
  if (operator === 'in' && Array.isArray(operand)) {
    return isAmong(groupType, operand);
  }
  if (typeof operand !== 'string') {
    return undefined;
  }
  const wanted = operand.toLowerCase();
  switch (operator) {
    case 'equals':
      return wanted === groupType;
    case 'like':
      return isLike(groupType, wanted);
    case 'contains':
      return groupType.includes(wanted);
    default:
      return undefined;
  }
}

/** Judges by what is known of a resource: its type, that it has no tags, or both. */
function knowing(known: { readonly type: boolean; readonly tags: boolean }) {
  return (comparison: PolicyComparison): Truth => {
    if (isTag(comparison)) {
      return known.tags ? withoutTags(comparison) : undefined;
    }
    return known.type && comparison.field.toLowerCase() === 'type' ? ofGroups(comparison) : undefined;
  };
}

/**
 * What a condition demands if it holds for every resource group without tags, and for the reason that it is a resource
 * group and has no tags. A condition that is not understood far enough to tell demands nothing: when Azure Policy refuses
 * the group after all, the error code of the backup says so.
 */
export function groupTagDemand(condition: PolicyCondition): TagDemand | undefined {
  const holds = truthOf(condition, knowing({ type: true, tags: true }));
  const holdsForAnyType = truthOf(condition, knowing({ type: false, tags: true }));
  const holdsForAnyTags = truthOf(condition, knowing({ type: true, tags: false }));
  if (!holds || holdsForAnyType || holdsForAnyTags) {
    return undefined;
  }
  const tags = new Set(comparisonsIn(condition).filter(isTag).map(nameOf));
  const [tag] = tags;
  return tags.size === 1 && tag ? { tag } : {};
}
