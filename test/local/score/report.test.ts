import { describe, expect, it } from 'vitest';

import { markdownOf } from '../../../local/score/markdown.ts';
import { isRight, type Result } from '../../../local/score/result.ts';
import { textOf } from '../../../local/score/text.ts';

const none = { planted: 0, found: 0, wrong: 0 };
const mistake = { id: '/vm', what: 'agent-ready', expected: 'fail', said: 'nothing', why: 'VM agent not ready.' };

const result: Result = {
  seed: 7,
  vms: 5000,
  asked: 1234,
  rules: [
    { rule: 'agent-ready', fails: { planted: 4, found: 3, wrong: 1 }, unknowns: { planted: 2, found: 2, wrong: 0 } },
    { rule: 'vm-power-state', fails: none, unknowns: none },
  ],
  notBuilt: ['spot-vm'],
  verdicts: { blocked: { blocked: 2, protectable: 1 }, protected: { protected: 5 } },
  verdictsCompared: 8,
  attention: [{ name: 'join on VM names', tally: { planted: 3, found: 1, wrong: 0 }, wrongVms: 2 }],
  mistakes: [mistake],
};

describe('the result', () => {
  it('as Markdown has the command, the rules, the verdicts and the shorter answers', () => {
    const markdown = markdownOf(result);

    for (const part of [
      '`npm run score -- --vms 5000 --seed 7 --markdown`',
      '| agent-ready | 4 | 3 | 1 | 1 | 0.750 | 0.750 |',
      '| agent-ready | 2 | 2 | 0 | 0 | 1.000 | 1.000 |',
      '| vm-power-state | 0 | 0 | 0 | 0 | – | – |',
      'Not built, not counted: spot-vm.',
      '| blocked |  |  |  | 2 | 1 |',
      '| join on VM names | 3 | 1 | 2 | 0 | 1.000 | 0.333 | 2 |',
    ]) {
      expect(markdown).toContain(part);
    }
  });

  it('as Markdown lists as unknown only what is unknown somewhere', () => {
    const [, unknowns = ''] = markdownOf(result).split('## What cannot be told');

    expect(unknowns).toContain('agent-ready');
    expect(unknowns).not.toContain('vm-power-state');
  });

  it('as text names every mistake with what was planted', () => {
    const text = textOf(result);

    expect(text).toContain('agent-ready: expected fail, found nothing: /vm');
    expect(text).toContain('VM agent not ready.');
  });

  it('as text shows some of many mistakes and counts the rest', () => {
    const text = textOf({ ...result, mistakes: Array.from({ length: 43 }, () => mistake) });

    expect(text).toContain('43 wrong answers');
    expect(text).toContain('and 3 more');
  });

  it('is right only where nothing was missed, made up or mistaken', () => {
    const right: Result = { ...result, rules: result.rules.slice(1), mistakes: [] };

    expect(isRight(right)).toBe(true);
    expect(isRight({ ...right, mistakes: [mistake] })).toBe(false);
    expect(isRight({ ...right, rules: result.rules })).toBe(false);
  });
});
