import { expect, it } from 'vitest';

import { allVerdicts, complianceOf, compliantPercent, isBackedUp } from '../../lib/domain/compliance.ts';
import { verdicts } from '../../lib/domain/verdict.ts';

it('protection that is on and has nothing wrong counts as backed up', () => {
  expect(verdicts.filter(isBackedUp)).toEqual(['protected', 'pending']);
});

it('all verdicts are listed in their order, also those that no VM has', () => {
  expect(Object.entries(allVerdicts({ blocked: 2 }))).toEqual(
    verdicts.map((verdict) => [verdict, verdict === 'blocked' ? 2 : 0]),
  );
});

it('verdicts are summed up in the words of Azure Policy', () => {
  expect(complianceOf({ protected: 3, pending: 1, 'at-risk': 2, undetermined: 4, exempt: 5, excluded: 1 })).toEqual({
    Compliant: 4,
    NonCompliant: 2,
    Unknown: 4,
    Exempt: 6,
  });
});

it.each([
  ['nothing', {}, null],
  ['only what needs no backup', { exempt: 3, excluded: 1 }, null],
  ['what needs none beside what is backed up', { protected: 3, exempt: 7 }, 100],
  ['one of two', { pending: 1, blocked: 1 }, 50],
  ['what could not be told', { protected: 1, undetermined: 3 }, 25],
  ['all but one of many', { protected: 99_999, protectable: 1 }, 99.9],
  ['none', { protectable: 4 }, 0],
])('the share that is backed up, of %s', (_what, counts, expected) => {
  expect(compliantPercent(counts)).toBe(expected);
});
