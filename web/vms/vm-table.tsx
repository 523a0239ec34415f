import { makeStyles, tokens } from '@fluentui/react-components';

import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import type { Column, Sorting } from '../elements/column.ts';
import { DataTable } from '../elements/data-table.tsx';
import { Instant } from '../elements/instant.tsx';
import { VerdictMark } from '../verdict/verdict-mark.tsx';

const useStyles = makeStyles({
  group: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  why: {
    display: '-webkit-box',
    overflow: 'hidden',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflowWrap: 'anywhere',
  },
});

function Name({ vm: { vmKey, name, resourceGroup } }: { readonly vm: Evaluated }) {
  const styles = useStyles();
  return (
    <>
      <PageLink to={addressOf('vms', vmKey)}>{name}</PageLink>
      <div className={styles.group}>{resourceGroup}</div>
    </>
  );
}

function FirstFinding({ vm: { findings } }: { readonly vm: Evaluated }) {
  const styles = useStyles();
  const [first] = findings;
  return first ? (
    <span className={styles.why} title={first.message}>
      {first.message}
    </span>
  ) : (
    'nothing open'
  );
}

const columns: readonly Column<Evaluated>[] = [
  { name: 'VM', fit: 'name', sort: 'name', show: (vm) => <Name vm={vm} /> },
  { name: 'Verdict', fit: 'narrow', sort: 'verdict', show: ({ verdict }) => <VerdictMark verdict={verdict} /> },
  { name: 'Look at first', from: 600, show: (vm) => <FirstFinding vm={vm} /> },
  { name: 'Region', from: 900, fit: 'narrow', show: ({ region }) => region },
  { name: 'Owner', from: 900, fit: 'short', show: ({ owner }) => owner },
  {
    name: 'Last recovery point',
    sort: 'lastRecoveryPoint',
    from: 1200,
    fit: 'short',
    show: ({ lastRecoveryPoint }) => <Instant at={lastRecoveryPoint} otherwise="none known" />,
  },
  { name: 'Verdict since', sort: 'since', from: 1200, fit: 'short', show: ({ since }) => <Instant at={since} /> },
];

interface VmTableProps {
  readonly vms: readonly Evaluated[];
  readonly sorting: Sorting;
}

/** VMs with their verdict and what to look at first. */
export function VmTable({ vms, sorting }: VmTableProps) {
  return (
    <DataTable
      caption="VMs"
      columns={columns}
      rows={vms}
      keyOf={({ vmKey }) => vmKey}
      empty="There are no VMs."
      sorting={sorting}
    />
  );
}
