import type { RuleDescription } from '../../lib/reports/rule.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import type { Column } from '../elements/column.ts';
import { DataTable } from '../elements/data-table.tsx';

const columns: readonly Column<RuleDescription>[] = [
  { name: 'Rule', show: ({ id }) => <PageLink to={addressOf('rules', id)}>{id}</PageLink> },
  { name: 'Demands', from: 600, show: ({ title }) => title },
  { name: 'Severity', fit: 'narrow', show: ({ severity }) => severity },
  { name: 'Category', from: 900, fit: 'narrow', show: ({ category }) => category },
  { name: 'Judges', from: 1200, fit: 'narrow', show: ({ judges }) => judges },
];

/** Rules with what they demand. */
export function RuleTable({ rules }: { readonly rules: readonly RuleDescription[] }) {
  return <DataTable caption="Rules" columns={columns} rows={rules} keyOf={({ id }) => id} empty="No rule matches." />;
}
