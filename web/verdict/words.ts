import type { Verdict } from '../../lib/domain/verdict.ts';

/** What each verdict means, in the words of the README and in its order. */
export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  protected: 'Backed up, and every health rule passes.',
  pending: 'Protection is on, the first backup is not due yet.',
  'at-risk': 'An item exists, but backups stopped, fail, or are too old.',
  blocked: 'No backup, and something stands in the way: all of it is named.',
  protectable: 'No backup, and nothing stands in the way.',
  undetermined: 'It could not be told; never counted as protected or unprotected.',
  exempt: 'Excused, until the exemption ends.',
  excluded: 'A node that a platform service rebuilds.',
};

/** All verdicts, in the order of the reports. */
export const verdicts = Object.keys(verdictMeanings) as readonly Verdict[];
