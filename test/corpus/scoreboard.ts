import Table from 'cli-table3';

import { verdicts } from '../../lib/domain/verdict.ts';
import { type Point, verdictOfSweep, verdictOnRequest } from './comparison.ts';
import { type Dispute, disputeOf } from './dispute.ts';
import {
  type Confusion,
  confusionOf,
  precisionOf,
  type RuleScore,
  recallOf,
  ruleResults,
  scoreOf,
  scoresByRule,
} from './score.ts';

/** What is known after all estates were judged. */
export interface Results {
  /** Every estate file, with why its VMs were not judged where that is so. */
  readonly files: readonly { readonly name: string; readonly problem?: string | undefined }[];
  readonly points: readonly Point[];
  readonly disputes: readonly Dispute[];
  /** The rules that Backstop has. */
  readonly rules: ReadonlySet<string>;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const drawn = new Table({
    head: [...head],
    colAligns: head.map((_, at) => (at === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
}

function share(right: number, of: number, value: number | undefined): string {
  return value === undefined ? '-' : `${right}/${of} ${(Math.floor(value * 1000) / 1000).toFixed(3)}`;
}

function ruleRow(name: string, { fail, unknown, info, wrong }: RuleScore): readonly string[] {
  return [
    name,
    share(fail.right, fail.found, precisionOf(fail)),
    share(fail.right, fail.expected, recallOf(fail)),
    share(unknown.right, unknown.found, precisionOf(unknown)),
    share(unknown.right, unknown.expected, recallOf(unknown)),
    share(info.right, info.expected, recallOf(info)),
    wrong === 0 ? '' : String(wrong),
  ];
}

function ruleTable({ points, rules }: Results): string {
  const head = ['rule', 'fail: precision', 'recall', 'unknown: precision', 'recall', 'info: recall', 'wrong'];
  const nameOf = (rule: string) => (rules.has(rule) ? rule : `${rule} (not built)`);
  const rows = scoresByRule(points).map((score) => ruleRow(nameOf(score.rule), score));
  return table(head, [...rows, ruleRow('all rules', scoreOf('all rules', ruleResults(points)))]);
}

function untestedRules({ points, rules }: Results): readonly string[] {
  const spokenOf = new Set(points.map(({ about }) => about));
  const untested = [...rules].filter((rule) => !spokenOf.has(rule)).toSorted();
  return untested.length === 0 ? [] : [`These labels do not test ${untested.join(', ')}.`];
}

function confusionTable(confusion: Confusion): string {
  const found = new Set([...confusion.values()].flatMap((row) => [...row.keys()]));
  const words = new Set([...verdicts, ...confusion.keys(), ...found]);
  const columns = [...words].filter((word) => found.has(word));
  const rows = [...words].flatMap((expected) => {
    const row = confusion.get(expected);
    return row ? [[expected, ...columns.map((each) => String(row.get(each) ?? ''))]] : [];
  });
  return table(['expected \\ found', ...columns], rows);
}

function fileRow(name: string, points: readonly Point[], disputes: readonly Dispute[]): readonly string[] {
  const byVm = Map.groupBy(points, ({ file, vm }) => `${file} ${vm}`);
  const standing = [...byVm.values()].map((own) => {
    const wrong = own.filter(({ isRight }) => !isRight);
    if (wrong.length === 0) {
      return 'right';
    }
    return wrong.every((point) => disputeOf(point, disputes)) ? 'disputed' : 'wrong';
  });
  const count = (word: string) => String(standing.filter((each) => each === word).length);
  return [name, String(byVm.size), count('right'), count('disputed'), count('wrong')];
}

function fileTable({ files, points, disputes }: Results): string {
  const byFile = Map.groupBy(points, ({ file }) => file);
  const rows = files.map(({ name }) => fileRow(name, byFile.get(name) ?? [], disputes));
  const all = fileRow('all files', points, disputes);
  return table(['file', 'VMs judged', 'right', 'disputed', 'wrong'], [...rows, all]);
}

function disputeLines({ points, disputes }: Results): readonly string[] {
  return points.flatMap((point) => {
    const dispute = disputeOf(point, disputes);
    return dispute ? [`Disputed: ${point.file}, ${point.vm}, ${lineOf(point)} [${dispute.why}]`] : [];
  });
}

/** One point in words: what was expected, what was found, and what Backstop said. */
export function lineOf({ about, expected, found, said }: Point): string {
  return `${about}: expected ${expected}, found ${said.startsWith(found) ? said : `${found}, ${said}`}`;
}

/** Precision and recall per rule, the confusion of verdicts, and a line per file. Disputed points count as wrong. */
export function scoreboard(results: Results): string {
  const notJudged = results.files.flatMap(({ name, problem }) =>
    problem ? [`${name} was not judged: ${problem}`] : [],
  );
  return [
    'Rules',
    ruleTable(results),
    ...untestedRules(results),
    'Verdicts on request',
    confusionTable(confusionOf(results.points, verdictOnRequest)),
    'Verdicts of the sweep',
    confusionTable(confusionOf(results.points, verdictOfSweep)),
    'Files',
    fileTable(results),
    ...disputeLines(results),
    ...notJudged,
  ].join('\n');
}
