import { expect, it } from 'vitest';

import type { Point } from './comparison.ts';
import { lineOf, scoreboard } from './scoreboard.ts';

function point(vm: string, about: string, expected: string, found: string, said = found): Point {
  return { file: 'a.json', vm, about, expected, found, isRight: expected === found, said };
}

const points = [
  point('/1', 'verdict', 'blocked', 'blocked'),
  point('/1', 'disk-count', 'fail', 'fail'),
  point('/2', 'verdict', 'blocked', 'protectable'),
  point('/2', 'disk-size', 'fail', 'nothing', 'not built'),
  point('/3', 'disk-count', 'nothing', 'fail', 'fail (blocker): 33 disks.'),
];
const dispute = { file: 'a.json', vm: '/3', rule: 'disk-count', why: 'The disks are 33.' };

/** Lines of the scoreboard with their cells, as words. */
const lines = scoreboard({
  files: [{ name: 'a.json' }, { name: 'b.json', problem: 'no estate' }],
  points,
  disputes: [dispute],
  rules: new Set(['disk-count', 'agent-ready']),
})
  .split('\n')
  .map((line) => line.replaceAll(/[│\s]+/g, ' ').trim());

it.each([
  ['precision and recall of a rule', 'disk-count 1/2 0.500 1/1 1.000 - - - 1'],
  ['that a rule is not built', 'disk-size (not built) - 0/1 0.000 - - - 1'],
  ['all rules together', 'all rules 1/2 0.500 1/2 0.500 - - - 2'],
  ['which rules are not tested', 'These labels do not test agent-ready.'],
  ['the confusion of verdicts', 'expected \\ found blocked protectable'],
  ['how often each verdict was found', 'blocked 1 1'],
  ['a line per file', 'a.json 3 1 1 1'],
  ['a file that was not judged', 'b.json was not judged: no estate'],
  ['all files together', 'all files 3 1 1 1'],
  [
    'a dispute as such',
    'Disputed: a.json, /3, disk-count: expected nothing, found fail (blocker): 33 disks. [The disks are 33.]',
  ],
])('a scoreboard shows %s', (_, line) => {
  expect(lines).toContain(line);
});

it('does not round a share up to a whole', () => {
  const many = Array.from({ length: 9999 }, (_, at) => point(`/${at}`, 'disk-count', 'fail', 'fail'));
  const board = scoreboard({
    files: [],
    points: [...many, point('/x', 'disk-count', 'fail', 'nothing')],
    disputes: [],
    rules: new Set(['disk-count']),
  });

  expect(board).toContain('9999/10000 0.999');
});

it.each([
  [point('/1', 'verdict', 'blocked', 'pending'), 'verdict: expected blocked, found pending'],
  [
    point('/1', 'disk-count', 'fail', 'nothing', 'pass (blocker): Fine.'),
    'disk-count: expected fail, found nothing, pass (blocker): Fine.',
  ],
])('a wrong point says what was expected and what was found: %j', (wrong, line) => {
  expect(lineOf(wrong)).toBe(line);
});
