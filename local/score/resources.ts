import type { ResourceFinding } from '../../lib/domain/judge-resources.ts';
import type { ResourceTruth } from '../estates/truth.ts';
import type { Mistake, RuleScore } from './compare.ts';
import { counted, nothing } from './tally.ts';

type Key = { readonly id: string; readonly rule: string };
const keyOf = ({ id, rule }: Key) => `${rule} ${id.toLowerCase()}`;

type Sides = { readonly expected: ReadonlyMap<string, string>; readonly said: ReadonlyMap<string, string> };

function sidesOf(truth: readonly ResourceTruth[], findings: readonly ResourceFinding[]): Sides {
  const said = findings.map(({ resource, finding }) => {
    return [keyOf({ id: resource?.id ?? '(all)', rule: finding.rule }), finding.outcome] as const;
  });
  const expected = truth.map(({ resourceId, rule, list }) => [keyOf({ id: resourceId, rule }), list] as const);
  return { expected: new Map(expected), said: new Map(said) };
}

function keysOf({ expected, said }: Sides): readonly string[] {
  return [...new Set([...expected.keys(), ...said.keys()])];
}

/** Compares findings about classic resources and items without a VM with what was planted, rule by rule. */
export function scoresOfResources(
  truth: readonly ResourceTruth[],
  findings: readonly ResourceFinding[],
): readonly RuleScore[] {
  const sides = sidesOf(truth, findings);
  const byRule = Map.groupBy(keysOf(sides), (key) => key.slice(0, key.indexOf(' ')));
  return [...byRule].map(([rule, keys]) => {
    let [fails, unknowns] = [nothing, nothing];
    for (const key of keys) {
      const is = (side: ReadonlyMap<string, string>, outcome: string) => side.get(key) === outcome;
      fails = counted(fails, is(sides.expected, 'fail'), is(sides.said, 'fail'));
      unknowns = counted(unknowns, is(sides.expected, 'unknown'), is(sides.said, 'unknown'));
    }
    return { rule, fails, unknowns };
  });
}

/** Each finding about a resource that is not the right one. */
export function mistakesOfResources(
  truth: readonly ResourceTruth[],
  findings: readonly ResourceFinding[],
): readonly Mistake[] {
  const sides = sidesOf(truth, findings);
  return keysOf(sides).flatMap((key) => {
    const [expected, said] = [sides.expected.get(key) ?? 'nothing', sides.said.get(key) ?? 'nothing'];
    const at = key.indexOf(' ');
    const what = key.slice(0, at);
    return expected === said ? [] : { id: key.slice(at + 1), what, expected, said, why: 'A resource that is no VM.' };
  });
}
