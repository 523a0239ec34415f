import { describe, expect, it } from 'vitest';

import type { ResourceFinding } from '../../../lib/domain/judge-resources.ts';
import { mistakesOfResources, scoresOfResources } from '../../../local/score/resources.ts';

const about = { name: 'x', type: 'a/b', resourceGroup: 'rg', subscriptionId: 's', region: 'westeurope' };
const head = { category: 'limitation', severity: 'blocker', message: '', evidence: [] } as const;

function failed(id: string, rule: string): ResourceFinding {
  return { resource: { ...about, id }, finding: { ...head, rule, outcome: 'fail', reason: 'Present' } };
}

function untold(id: string, rule: string): ResourceFinding {
  return { resource: { ...about, id }, finding: { ...head, rule, outcome: 'unknown', cause: 'not-exposed' } };
}

const truth = [
  { resourceId: '/A/1', rule: 'classic', list: 'fail' },
  { resourceId: '/A/2', rule: 'classic', list: 'fail' },
  { resourceId: '/A/1', rule: 'flag', list: 'unknown' },
] as const;

describe('findings about other resources', () => {
  it('are right whatever the case of the ids', () => {
    const findings = [failed('/a/1', 'classic'), failed('/A/2', 'classic'), untold('/a/1', 'flag')];

    expect(mistakesOfResources(truth, findings)).toEqual([]);
    expect(scoresOfResources(truth, findings)).toEqual([
      { rule: 'classic', fails: { planted: 2, found: 2, wrong: 0 }, unknowns: { planted: 0, found: 0, wrong: 0 } },
      { rule: 'flag', fails: { planted: 0, found: 0, wrong: 0 }, unknowns: { planted: 1, found: 1, wrong: 0 } },
    ]);
  });

  it('are missed, mistaken or made up', () => {
    const findings = [untold('/a/1', 'classic'), failed('/a/3', 'classic'), untold('/a/1', 'flag')];

    expect(scoresOfResources(truth, findings)[0]).toEqual({
      rule: 'classic',
      fails: { planted: 2, found: 0, wrong: 1 },
      unknowns: { planted: 0, found: 0, wrong: 1 },
    });
    expect(mistakesOfResources(truth, findings).map(({ id, expected, said }) => [id, expected, said])).toEqual([
      ['/a/1', 'fail', 'unknown'],
      ['/a/2', 'fail', 'nothing'],
      ['/a/3', 'nothing', 'fail'],
    ]);
  });
});
