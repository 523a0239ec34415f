import TerminalTable from 'cli-table3';

import { attentionTable, failureTable, type Table, unknownTable, verdictTable } from './columns.ts';
import type { Result } from './result.ts';

const shownMistakes = 40;

function drawn({ head, rows }: Table): string {
  const table = new TerminalTable({
    head: [...head],
    colAligns: head.map((_, column) => (column === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}

function mistakeLines({ mistakes }: Result): readonly string[] {
  const lines = mistakes
    .slice(0, shownMistakes)
    .map(({ id, what, expected, said, why }) => `  ${what}: expected ${expected}, found ${said}: ${id}\n    ${why}`);
  const rest = mistakes.length - lines.length;
  return rest > 0 ? [...lines, `  and ${rest} more (all of them with --json)`] : lines;
}

/** The result for a terminal. */
export function textOf(result: Result): string {
  const { vms, asked, seed, notBuilt, mistakes, verdictsCompared } = result;
  return [
    `Score of ${vms} VMs, seed ${seed}: swept, and ${asked} asked about singly.`,
    'What fails:',
    drawn(failureTable(result)),
    ...(notBuilt.length > 0 ? [`Not built, not counted: ${notBuilt.join(', ')}`] : []),
    'What cannot be told:',
    drawn(unknownTable(result)),
    `Verdicts of ${verdictsCompared} VMs; what is right by row, what was found by column.`,
    drawn(verdictTable(result)),
    'Which VMs need attention, and what shorter answers say of the same estate:',
    drawn(attentionTable(result)),
    mistakes.length === 0 ? 'Every answer is right.' : `${mistakes.length} wrong answers:`,
    ...mistakeLines(result),
  ].join('\n');
}
