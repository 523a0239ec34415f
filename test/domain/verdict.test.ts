import { describe, expect, it } from 'vitest';

import type { UnknownCause } from '../../lib/domain/fact.ts';
import type { Category, Severity } from '../../lib/domain/rule.ts';
import { azurePolicyWord, type Standing, verdictOf, verdicts } from '../../lib/domain/verdict.ts';

type Kind = readonly [Category, Severity];

const health: Kind = ['backup-health', 'blocker'];
const healthWarning: Kind = ['backup-health', 'warning'];
const healthInfo: Kind = ['backup-health', 'info'];

function said(outcome: 'pass' | 'fail', [category, severity]: Kind, rule = `${category}-${severity}`): Standing {
  return { outcome, rule, category, severity };
}

function open(cause: UnknownCause, [category, severity]: Kind): Standing {
  return { outcome: 'unknown', rule: `${category}-${severity}`, category, severity, cause };
}

const item = said('pass', health, 'health-protected');
const noItem = said('fail', health, 'health-protected');
const inDoubt: Standing = { ...open('partial-inventory', health), rule: 'health-protected' };

describe('verdictOf a VM with an item', () => {
  it.each<[string, readonly Standing[], boolean, string]>([
    ['a blocker of backup health fails', [said('fail', health)], true, 'at-risk'],
    ['a warning of backup health fails', [said('fail', healthWarning)], true, 'at-risk'],
    ['an info of backup health fails', [said('fail', healthInfo)], true, 'protected'],
    ['a fail raised to a warning (ruling 11)', [said('fail', ['backup-health', 'warning'])], true, 'at-risk'],
    [
      'a fail goes before a first backup not due',
      [said('fail', health), open('not-due-yet', healthWarning)],
      false,
      'at-risk',
    ],
    ['a fail goes before an unknown', [open('throttled', health), said('fail', healthWarning)], true, 'at-risk'],
    ['the first backup is not due', [open('not-due-yet', healthWarning)], false, 'pending'],
    [
      'the first backup is not due, and the rest passes or is shown to nobody',
      [said('pass', health), open('not-exposed', health), open('not-due-yet', healthWarning)],
      false,
      'pending',
    ],
    ['everything passes, although no point exists', [said('pass', health)], false, 'protected'],
    ['Azure shows it to nobody, and no point exists', [open('not-exposed', health)], false, 'protected'],
    [
      'an unknown goes before a first backup that is not due (ruling 14)',
      [open('not-due-yet', healthWarning), open('throttled', health)],
      false,
      'undetermined',
    ],
    ['something is not due although a point exists', [open('not-due-yet', healthWarning)], true, 'protected'],
    ['backup health is unknown', [open('throttled', health)], true, 'undetermined'],
    ['backup health may not be read', [open('no-permission', healthWarning)], true, 'undetermined'],
    ['the state is not reported (ruling 14)', [open('not-reported', health)], true, 'undetermined'],
    ['an info is unknown', [open('throttled', healthInfo)], true, 'protected'],
    ['Azure shows it to nobody', [open('not-exposed', health)], true, 'protected'],
    ['the documents disagree', [open('docs-disagree', health)], true, 'protected'],
    ['everything passes', [said('pass', health), said('pass', healthWarning)], true, 'protected'],
    ['a blocker outside backup health fails', [said('fail', ['vault', 'blocker'])], true, 'protected'],
    ['a blocker outside backup health is unknown', [open('throttled', ['limitation', 'blocker'])], true, 'protected'],
  ])('%s', (_what, standings, hasRecoveryPoint, verdict) => {
    expect(verdictOf([item, ...standings], hasRecoveryPoint)).toBe(verdict);
    expect(verdictOf([...standings, item], hasRecoveryPoint)).toBe(verdict);
  });
});

describe('verdictOf a VM without an item', () => {
  it.each<[string, readonly Standing[], string]>([
    ['nothing stands in the way', [], 'protectable'],
    ['a blocker of the vaults fails', [said('fail', ['vault', 'blocker'])], 'blocked'],
    ['a blocker of the limitations fails', [said('fail', ['limitation', 'blocker'])], 'blocked'],
    ['a blocker of the policies fails', [said('fail', ['policy', 'blocker'])], 'blocked'],
    ['a blocker of governance fails', [said('fail', ['governance', 'blocker'])], 'blocked'],
    ['a blocker of another category fails', [said('fail', ['network', 'blocker'])], 'protectable'],
    ['another blocker of backup health fails', [said('fail', health)], 'protectable'],
    ['a warning fails', [said('fail', ['vault', 'warning'])], 'protectable'],
    [
      'a fail goes before an unknown',
      [open('throttled', ['vault', 'blocker']), said('fail', ['policy', 'blocker'])],
      'blocked',
    ],
    ['a blocker is unknown', [open('throttled', ['vault', 'blocker'])], 'undetermined'],
    ['a blocker is not due', [open('not-due-yet', ['policy', 'blocker'])], 'undetermined'],
    ['Azure shows a blocker to nobody', [open('not-exposed', ['limitation', 'blocker'])], 'protectable'],
    ['the documents disagree on a blocker', [open('docs-disagree', ['limitation', 'blocker'])], 'protectable'],
    ['a warning is unknown', [open('throttled', ['limitation', 'warning'])], 'protectable'],
    ['a blocker of another category is unknown', [open('throttled', ['agent', 'blocker'])], 'protectable'],
  ])('%s', (_what, standings, verdict) => {
    expect(verdictOf([noItem, ...standings], false)).toBe(verdict);
  });
});

describe('verdictOf a VM whose item is in doubt', () => {
  it.each<[string, readonly Standing[]]>([
    ['the items could not all be read', [inDoubt]],
    ['a blocker fails besides', [inDoubt, said('fail', ['vault', 'blocker'])]],
    ['backup health was never asked', []],
  ])('%s', (_what, standings) => {
    expect(verdictOf(standings, false)).toBe('undetermined');
  });
});

it('knows the word of Azure Policy for every verdict', () => {
  expect(verdicts.map((verdict) => [verdict, azurePolicyWord[verdict]])).toEqual([
    ['protected', 'Compliant'],
    ['pending', 'Compliant'],
    ['at-risk', 'NonCompliant'],
    ['blocked', 'NonCompliant'],
    ['protectable', 'NonCompliant'],
    ['undetermined', 'Unknown'],
    ['exempt', 'Exempt'],
    ['excluded', 'Exempt'],
  ]);
});
