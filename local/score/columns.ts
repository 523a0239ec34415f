import type { AttentionScore } from './naive.ts';
import type { Result } from './result.ts';
import { missed, precision, recall, type Tally } from './tally.ts';

/** A table as text: its head, and its rows. */
export type Table = { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

const share = (value: number | null) => (value === null ? '–' : value.toFixed(3));

function cells(tally: Tally): readonly string[] {
  const { planted, found, wrong } = tally;
  const counts = [planted, found, missed(tally), wrong].map(String);
  return [...counts, share(precision(tally)), share(recall(tally))];
}

const tallyHead = ['planted', 'found', 'missed', 'wrong', 'precision', 'recall'];

/** One row for each rule: what fails. */
export function failureTable({ rules }: Pick<Result, 'rules'>): Table {
  return { head: ['rule', ...tallyHead], rows: rules.map(({ rule, fails }) => [rule, ...cells(fails)]) };
}

/** One row for each rule that cannot be told of some VM. */
export function unknownTable({ rules }: Pick<Result, 'rules'>): Table {
  const concerned = rules.filter(({ unknowns: { planted, wrong } }) => planted + wrong > 0);
  return { head: ['rule', ...tallyHead], rows: concerned.map(({ rule, unknowns }) => [rule, ...cells(unknowns)]) };
}

const order = ['protected', 'pending', 'at-risk', 'blocked', 'protectable', 'undetermined', 'exempt', 'excluded'];

/** The right verdicts by row, the given ones by column. */
export function verdictTable({ verdicts }: Pick<Result, 'verdicts'>): Table {
  const given = Object.values(verdicts).flatMap((row) => Object.keys(row));
  const columns = [...order, ...new Set(given.filter((verdict) => !order.includes(verdict)))];
  const rows = order
    .filter((verdict) => verdict in verdicts)
    .map((right) => [right, ...columns.map((column) => String(verdicts[right]?.[column] ?? ''))]);
  return { head: ['right verdict', ...columns], rows };
}

/** Who says best which VMs need attention. */
export function attentionTable({ attention }: Pick<Result, 'attention'>): Table {
  const row = ({ name, tally, wrongVms }: AttentionScore) => [name, ...cells(tally), String(wrongVms)];
  return { head: ['answer', 'need attention', ...tallyHead.slice(1), 'VMs wrong'], rows: attention.map(row) };
}
