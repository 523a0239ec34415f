import type { Grouping, PostureGroup } from '../../lib/reports/posture-groups.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import type { Column } from '../elements/column.ts';
import { DataTable } from '../elements/data-table.tsx';
import { MoreRows, useFirst } from '../elements/more-rows.tsx';
import { VerdictBar } from '../verdict/verdict-bar.tsx';

/** Groups that stand for more than one name; there is no filter for them. */
const collected = '(others)';

function nameColumn(by: Grouping): Column<PostureGroup> {
  const show = ({ group }: PostureGroup) =>
    group === collected ? (
      group
    ) : (
      <PageLink to={addressOf('vms', undefined, { [by]: group })}>{group || '(none)'}</PageLink>
    );
  return { name: by === 'rule' ? 'Failing rule' : `${by.charAt(0).toUpperCase()}${by.slice(1)}`, show };
}

const columns: readonly Column<PostureGroup>[] = [
  { name: 'VMs', fit: 'number', show: ({ vms }) => vms.toLocaleString('en') },
  {
    name: 'Compliant',
    fit: 'number',
    show: ({ compliantPercent }) => (compliantPercent === null ? 'none to count' : `${compliantPercent} %`),
  },
  { name: 'Verdicts', from: 600, show: ({ verdicts }) => <VerdictBar counts={verdicts} /> },
];

interface GroupTableProps {
  readonly by: Grouping;
  readonly groups: readonly PostureGroup[];
}

/** The groups of a posture, those with the most VMs first; each leads to its VMs. */
export function GroupTable({ by, groups }: GroupTableProps) {
  const first = useFirst(groups);
  return (
    <>
      <DataTable
        caption={`VMs by ${by}`}
        columns={[nameColumn(by), ...columns]}
        rows={first.rows}
        keyOf={({ group }) => group}
        empty={by === 'rule' ? 'No rule fails.' : 'There are no VMs.'}
      />
      <MoreRows first={first} />
    </>
  );
}
