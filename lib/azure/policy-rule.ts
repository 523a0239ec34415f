import type { PolicyCondition } from '../domain/policy-condition.ts';
import { groupTagDemand, type TagDemand } from '../domain/tag-demand.ts';
import { membersOf, type Parameters, resolved } from './policy-expression.ts';

const unread: PolicyCondition = { kind: 'unread' };

/** The tag that is meant may be told by an expression that is not understood: still it is a tag. */
const someTag = /^\[\s*concat\(\s*'tags[.[]/i;

function fieldOf(raw: unknown, parameters: Parameters): string | undefined {
  const field = resolved(raw, parameters);
  if (typeof field === 'string') {
    return field;
  }
  return typeof raw === 'string' && someTag.test(raw) ? 'tags[]' : undefined;
}

function comparison(members: ReadonlyMap<string, unknown>, parameters: Parameters): PolicyCondition {
  const [operator, ...others] = [...members.keys()].filter((name) => name !== 'field');
  const field = fieldOf(members.get('field'), parameters);
  if (field === undefined || operator === undefined || others.length > 0) {
    return unread;
  }
  const operand = resolved(members.get(operator), parameters);
  const compared = { kind: 'comparison', field, operator: operator.replace(/^not/, ''), operand } as const;
  return operator.startsWith('not') ? { kind: 'not', of: compared } : compared;
}

function several(kind: 'all' | 'any', raw: unknown, parameters: Parameters): PolicyCondition {
  return Array.isArray(raw) ? { kind, of: raw.map((each) => readCondition(each, parameters)) } : unread;
}

function readCondition(raw: unknown, parameters: Parameters): PolicyCondition {
  const members = membersOf(raw);
  if (members.has('allof')) {
    return several('all', members.get('allof'), parameters);
  }
  if (members.has('anyof')) {
    return several('any', members.get('anyof'), parameters);
  }
  return members.has('not')
    ? { kind: 'not', of: readCondition(members.get('not'), parameters) }
    : comparison(members, parameters);
}

/** The tag that a rule demands of resource groups by denying them, with the parameters of an assignment; or none. */
export function deniedWithoutTag(policyRule: unknown, parameters: Parameters): TagDemand | undefined {
  const rule = membersOf(policyRule);
  const effect = resolved(membersOf(rule.get('then')).get('effect'), parameters);
  const isDenial = typeof effect === 'string' && effect.toLowerCase() === 'deny';
  return isDenial ? groupTagDemand(readCondition(rule.get('if'), parameters)) : undefined;
}
