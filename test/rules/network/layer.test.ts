import { describe, expect, it } from 'vitest';

import { everyAddress } from '../../../lib/rules/network/cidr.ts';
import { layerOf, type OutboundRule } from '../../../lib/rules/network/layer.ts';

function rule(name: string, priority: number, change: Partial<OutboundRule> = {}): OutboundRule {
  return {
    action: 'deny',
    certain: true,
    to: [{ kind: 'range', range: everyAddress }],
    shown: { layer: 'adminRules', name, priority, access: 'Deny' },
    ...change,
  };
}

function rulesOf(...rules: readonly OutboundRule[]): readonly OutboundRule[] {
  const layer = layerOf(rules);
  return layer.kind === 'rules' ? layer.rules : [];
}

describe('the rules of a layer', () => {
  it('stand by priority', () => {
    const [late, early] = [rule('a', 20), rule('b', 3)];

    expect(rulesOf(late, early)).toEqual([early, late]);
  });

  it('stand in one order if they have the same priority, whatever order they came in', () => {
    const [a, b, c] = [rule('a', 10), rule('b', 10), rule('c', 10)];

    expect(rulesOf(c, a, b)).toEqual([a, b, c]);
    expect(rulesOf(b, c, a)).toEqual([a, b, c]);
  });

  it('stand in one order also if they have the same name', () => {
    const [wide, none] = [rule('a', 10), rule('a', 10, { to: [] })];

    expect(rulesOf(wide, none)).toEqual(rulesOf(none, wide));
  });

  it('are all uncertain where two of one priority disagree, and no others', () => {
    const allow = rule('b', 10, { action: 'allow' });

    const certain = rulesOf(rule('a', 10), allow, rule('c', 11), rule('d', 11)).map((each) => each.certain);

    expect(certain).toEqual([false, false, true, true]);
  });
});
