import { describe, expect, it } from 'vitest';

import { staleLists } from '../../lib/domain/support-list.ts';

function staleOn(day: string): readonly string[] {
  return staleLists(new Date(day)).map(({ name }) => name);
}

describe('a support list', () => {
  it('is fresh to the end of its 180th day', () => {
    expect(staleOn('2026-09-22T23:59:59.999Z')).not.toContain('Windows versions of agent-based backup');
  });

  it('is stale from the 181st day on', () => {
    expect(staleOn('2026-09-23T00:00:00Z')).toContain('Windows versions of agent-based backup');
  });

  it('that is stale tells its source and how old it is', () => {
    expect(staleLists(new Date('2026-09-23T12:00:00Z'))).toContainEqual({
      name: 'Windows versions of agent-based backup',
      source: 'Support matrix for Azure VM backups',
      asOf: '2026-03-26',
      ageDays: 181,
    });
  });

  it('is named after those that are older', () => {
    const ages = staleLists(new Date('2026-09-23T12:00:00Z')).map(({ ageDays }) => ageDays);

    expect(ages).toEqual(ages.toSorted((a, b) => b - a));
    expect(ages).toEqual([373, 245, 238, 182, 182, 181, 181, 181, 181, 181]);
  });

  it('is dated by a day that is', () => {
    const dates = staleLists(new Date('2100-01-01T00:00:00Z')).map(({ asOf }) => asOf);

    expect(dates.map((date) => new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10))).toEqual(dates);
  });

  it('has a name of its own', () => {
    const names = staleOn('2100-01-01T00:00:00Z');

    expect(names).toEqual([...new Set(names)]);
  });
});
