import { describe, expect, it } from 'vitest';

import {
  blinds,
  blocks,
  clouds,
  endangers,
  excludes,
  exempts,
  leavesOpen,
  notes,
  type Sign,
  truthOf,
  unclear,
  veils,
  waits,
  warns,
} from '../../../local/estates/truth.ts';

const why = 'planted';
const withItem = (...signs: readonly Sign[]) => truthOf(true, signs, why);
const withoutItem = (...signs: readonly Sign[]) => truthOf(false, signs, why);

describe('the label of a VM', () => {
  it.each<[string, string, ReturnType<typeof truthOf>]>([
    ['nothing planted, an item', 'protected', withItem()],
    ['a blocker, an item', 'protected', withItem(blocks('disk-count'))],
    ['a blocker that cannot be told, an item', 'protected', withItem(veils('encryption-ade'))],
    ['a warning, an item', 'protected', withItem(warns('agent-ready'))],
    ['health in trouble', 'at-risk', withItem(endangers('health-rpo'), clouds('health-precheck'))],
    ['health in trouble before the first backup', 'at-risk', withItem(...waits, endangers('health-precheck'))],
    ['health that cannot be told', 'undetermined', withItem(clouds('health-precheck'), ...waits)],
    ['the first backup not due', 'pending', withItem(...waits)],
    ['nothing planted, no item', 'protectable', withoutItem()],
    ['a warning, no item', 'protectable', withoutItem(warns('agent-ready'), unclear('os-64bit'))],
    ['a blocker', 'blocked', withoutItem(blocks('disk-count'), veils('encryption-ade'))],
    ['a blocker that cannot be told', 'undetermined', withoutItem(veils('encryption-ade'))],
    ['items that may not be read', 'undetermined', withoutItem(...blinds, blocks('disk-shared'))],
    ['an exemption', 'exempt', withoutItem(...exempts, blocks('disk-count'), ...blinds)],
    ['an exclusion', 'excluded', withItem(...excludes, ...exempts, endangers('health-rpo'))],
  ])('with %s says %s', (_, verdict, truth) => {
    expect(truth.verdict).toBe(verdict);
  });

  it('names health-protected where no item is, and each rule once and in order', () => {
    expect(withoutItem(warns('b'), blocks('a'), warns('b'), unclear('d'), notes('c'))).toEqual({
      verdict: 'blocked',
      fail: ['a', 'b', 'health-protected'],
      unknown: ['d'],
      info: ['c'],
      why,
    });
  });

  it('knows nothing of items where they may not be read', () => {
    expect(withoutItem(...blinds, blocks('disk-shared'))).toMatchObject({
      fail: ['disk-shared'],
      unknown: ['health-protected', 'vault-item-soft-deleted', 'vault-single-protection'],
    });
  });

  it('masks everything but the note about an exemption', () => {
    const signs = [blocks('disk-count'), notes('spot-vm'), notes('gov-exclusion-tag'), leavesOpen('restore-placement')];

    expect(withItem(...exempts, ...signs)).toEqual({
      verdict: 'exempt',
      fail: [],
      unknown: [],
      info: ['gov-exclusion-tag'],
      why,
    });
  });

  it('masks everything else about what a platform rebuilds', () => {
    expect(withItem(...excludes, blocks('disk-count'))).toMatchObject({
      fail: [],
      unknown: [],
      info: ['gov-platform-managed-vm'],
    });
  });

  it('lists what is left open apart', () => {
    expect(withItem(leavesOpen('restore-placement'))).toMatchObject({ fail: [], open: ['restore-placement'] });
  });
});
