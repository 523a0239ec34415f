import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { NetworkInput } from '../../../lib/domain/network-rows.ts';
import { destinations } from '../../../lib/rules/network/destination.ts';
import { createReachabilityJudge, judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { at, isRow } from '../../../lib/rules/network/row.ts';
import { arbitraryNetwork, arbitraryRule, arbitraryRules } from './arbitrary-network.ts';
import { network, nsg, rule } from './sample.ts';

const parts = [
  'nic',
  'nicNsg',
  'subnet',
  'subnetNsg',
  'routeTable',
  'vnet',
  'gateways',
  'adminRules',
  'otherNics',
] as const;

function verdictsOf(input: NetworkInput) {
  return destinations.map((destination) => judgeReachability(input).destinations[destination].verdict);
}

/** Turns the lists and the case of the ids in a value around; nothing of it carries meaning. */
function rearranged(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => rearranged(each)).toReversed();
  }
  if (isRow(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rearranged(each, name)]));
  }
  return key === 'id' && typeof value === 'string' ? value.toUpperCase() : value;
}

describe('any network', () => {
  it('is judged the same twice, by a fresh judge and by one that knows others', () => {
    const judge = createReachabilityJudge();

    fc.assert(
      fc.property(arbitraryNetwork, (input) => {
        const fresh = judgeReachability(input);

        expect(judge.judge(structuredClone(input))).toEqual(fresh);
        expect(judge.judge(input)).toEqual(fresh);
      }),
    );
  });

  it('is judged the same with its lists in another order and its ids in another case', () => {
    fc.assert(
      fc.property(arbitraryNetwork, (input) => {
        const other = rearranged(input) as NetworkInput;

        expect(judgeReachability(other)).toEqual(judgeReachability(input));
      }),
    );
  });

  it.each(parts)('is never more open because its part %s cannot be read', (part) => {
    fc.assert(
      fc.property(arbitraryNetwork, fc.constantFrom(null, 'garbage', 7, []), (input, value) => {
        // A reference to nothing means that there is nothing, so only what is there can become unreadable.
        fc.pre(
          at(input, part) !== null && !(Array.isArray(value) && ['gateways', 'adminRules', 'otherNics'].includes(part)),
        );
        const before = verdictsOf(input);

        const after = verdictsOf({ ...input, [part]: value });

        expect(after.filter((verdict, index) => verdict === 'open' && before[index] !== 'open')).toEqual([]);
      }),
    );
  });

  it('is never opened by a further deny', () => {
    fc.assert(
      fc.property(arbitraryRules, arbitraryRule, (rules, extra) => {
        fc.pre(rules.every(({ name }) => name !== 'rule-100'));
        const deny = rule('extra', 100, 'Deny', {
          ...(extra['properties'] as object),
          priority: 100,
          access: 'Deny',
        });
        const before = verdictsOf(network({ subnetNsg: nsg('nsg', rules) }));

        const after = verdictsOf(network({ subnetNsg: nsg('nsg', [...rules, deny]) }));

        expect(after.filter((verdict, index) => verdict === 'open' && before[index] !== 'open')).toEqual([]);
      }),
    );
  });

  it('is not changed by rules behind one that matches everything', () => {
    fc.assert(
      fc.property(arbitraryRules, arbitraryRules, fc.constantFrom('Allow', 'Deny'), (first, later, access) => {
        const before = numbered(first, 100);
        const all = rule('all', 200, access);
        const behind = numbered(later, 300);

        const without = judgeReachability(network({ nicNsg: nsg('nsg', [...before, all]) }));
        const within = judgeReachability(network({ nicNsg: nsg('nsg', [...behind, all, ...before]) }));

        expect(within).toEqual(without);
      }),
    );
  });
});

/** The same rules with priorities from a number on. */
function numbered(rules: readonly Readonly<Record<string, unknown>>[], from: number) {
  return rules.map((each, index) => {
    const properties = each['properties'] as Readonly<Record<string, unknown>>;
    return rule(`rule-${from + index}`, from + index, String(properties['access']), {
      ...properties,
      priority: from + index,
    });
  });
}

describe('garbage', () => {
  it('is judged without an exception and never open', () => {
    const anything = fc.anything({ withNullPrototype: true, maxDepth: 3 });
    const garbage = fc.dictionary(
      fc.constantFrom(...parts, 'vm', 'vault', 'loadBalancers', 'serviceTagData', 'evidence'),
      anything,
    );

    fc.assert(
      fc.property(garbage, (input) => {
        expect(verdictsOf(input)).not.toContain('open');
      }),
    );
  });

  it('inside the rows never makes a path more open than it was', () => {
    fc.assert(
      fc.property(
        arbitraryNetwork,
        fc.anything({ maxDepth: 1 }).filter((value) => value !== null && value !== undefined),
        fc.nat(),
        (input, value, seed) => {
          const before = verdictsOf(input);
          const broken = spoiled(input, value, seed);

          const after = verdictsOf(broken);

          expect(after.filter((verdict, index) => verdict === 'open' && before[index] !== 'open')).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

/** Puts a value in the place of one that the seed picks, if it is of another type; absence may mean that there is none. */
function spoiled(input: NetworkInput, value: unknown, seed: number): NetworkInput {
  const places: (() => void)[] = [];
  const copy = structuredClone(input);
  const visit = (node: unknown) => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    for (const key of Object.keys(node)) {
      const old: unknown = Reflect.get(node, key);
      if (kindOf(old) !== kindOf(value)) {
        places.push(() => Reflect.set(node, key, value));
      }
      visit(old);
    }
  };
  visit(copy);
  places[seed % places.length]?.();
  return copy;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}
