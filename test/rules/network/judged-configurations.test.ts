import { describe, expect, it } from 'vitest';

import { type Judgeable, readConfiguration } from '../../../lib/rules/network/configuration.ts';
import { judgedConfiguration } from '../../../lib/rules/network/judged-configurations.ts';

/** Configurations that nobody else asks about; each region is one of its own. */
function judgeable(region: string): Judgeable {
  return readConfiguration({ region: `judged ${region}` }, {});
}

describe('a configuration that is judged', () => {
  it('has the judgement of an equal one, whoever asked about that', () => {
    const one = judgedConfiguration(judgeable('west'));

    expect(judgedConfiguration(judgeable('west')).judgement).toBe(one.judgement);
    expect(judgedConfiguration(judgeable('west')).key).toBe(one.key);
  });

  it('has a judgement of its own if it differs', () => {
    const one = judgedConfiguration(judgeable('north'));
    const other = judgedConfiguration(judgeable('south'));

    expect(other.key).not.toBe(one.key);
    expect(other.judgement).not.toBe(one.judgement);
    expect(other.judgement.judgeable.configuration.region).toBe('judgedsouth');
  });

  it('is forgotten after a thousand others, unless it was asked about in between', () => {
    const asked = judgedConfiguration(judgeable('asked')).judgement;
    const forgotten = judgedConfiguration(judgeable('forgotten')).judgement;
    for (let other = 0; other < 999; other += 1) {
      judgedConfiguration(judgeable(`other ${other}`));
      expect(judgedConfiguration(judgeable('asked')).judgement).toBe(asked);
    }

    expect(judgedConfiguration(judgeable('forgotten')).judgement).not.toBe(forgotten);
    expect(judgedConfiguration(judgeable('asked')).judgement).toBe(asked);
  });

  it('is kept as long as there are no more than a thousand', () => {
    const first = judgedConfiguration(judgeable('first')).judgement;
    for (let other = 0; other < 999; other += 1) {
      judgedConfiguration(judgeable(`another ${other}`));
    }

    expect(judgedConfiguration(judgeable('first')).judgement).toBe(first);
  });
});
