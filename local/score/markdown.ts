import { attentionTable, failureTable, type Table, unknownTable, verdictTable } from './columns.ts';
import type { Result } from './result.ts';

function markdownTable({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** The result for the documentation, with the command that makes it again. */
export function markdownOf(result: Result): string {
  const { vms, asked, seed, notBuilt, verdictsCompared, mistakes } = result;
  return [
    `Made by \`npm run score -- --vms ${vms} --seed ${seed} --markdown\`. Everything was judged by a sweep, and ${asked} VMs once more on request: a sweep does not read the agent of a VM that seems to be in order.`,
    '## What fails',
    `${mistakes.length} wrong answers. A dash: there was nothing to find, or nothing was said.`,
    markdownTable(failureTable(result)),
    ...(notBuilt.length > 0 ? [`Not built, not counted: ${notBuilt.join(', ')}.`] : []),
    '## What cannot be told',
    'Reads that are refused, agents of VMs that are off, fields that Azure leaves empty. Other rules could be told of every VM.',
    markdownTable(unknownTable(result)),
    '## Verdicts',
    `Of ${verdictsCompared} VMs; the right one by row, the given one by column.`,
    markdownTable(verdictTable(result)),
    '## Beside shorter answers',
    'Which VMs need attention (at-risk, blocked, protectable or undetermined), on the same estate.',
    markdownTable(attentionTable(result)),
  ].join('\n\n');
}
