import { describe, expect, it } from 'vitest';

import { attentionScore, naiveAnswers, needsAttention } from '../../../local/score/naive.ts';

const machine = (group: string, name: string) => ({ id: `/Subscriptions/s/resourceGroups/${group}/vms/${name}`, name });
const protectedOne = machine('blue', 'web01');
const namesake = machine('green', 'web01');
const lonely = machine('blue', 'db01');
const items = [{ sourceResourceId: protectedOne.id.toUpperCase() }];
const vms = [protectedOne, namesake, lonely];

describe('a short query', () => {
  it('by id misses nobody without an item, whatever the case of the ids', () => {
    const [byId] = naiveAnswers(vms, items);

    expect([...(byId?.needsAttention ?? [])]).toEqual([namesake.id.toLowerCase(), lonely.id.toLowerCase()]);
  });

  it('by name takes a namesake for protected', () => {
    const [, byName] = naiveAnswers(vms, items);

    expect([...(byName?.needsAttention ?? [])]).toEqual([lonely.id.toLowerCase()]);
  });

  it('is scored by who really needs attention', () => {
    const verdicts = new Map([
      [protectedOne.id.toLowerCase(), 'at-risk'],
      [namesake.id.toLowerCase(), 'protectable'],
      [lonely.id.toLowerCase(), 'exempt'],
    ]);

    const [byId, byName] = naiveAnswers(vms, items).map((answer) => attentionScore(answer, verdicts));

    expect(byId).toMatchObject({ tally: { planted: 2, found: 1, wrong: 1 }, wrongVms: 2 });
    expect(byName).toMatchObject({ tally: { planted: 2, found: 0, wrong: 1 }, wrongVms: 3 });
  });
});

describe('a VM', () => {
  it.each(['at-risk', 'blocked', 'protectable', 'undetermined'])('that is %s needs attention', (verdict) => {
    expect(needsAttention(verdict)).toBe(true);
  });

  it.each(['protected', 'pending', 'exempt', 'excluded'])('that is %s does not', (verdict) => {
    expect(needsAttention(verdict)).toBe(false);
  });
});
