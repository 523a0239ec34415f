import { makeStyles, tokens } from '@fluentui/react-components';

import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import { type Column, DataTable } from '../elements/data-table.tsx';
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
  { name: 'VM', fit: 'name', show: (vm) => <Name vm={vm} /> },
  { name: 'Verdict', fit: 'narrow', show: ({ verdict }) => <VerdictMark verdict={verdict} /> },
  { name: 'Look at first', from: 600, show: (vm) => <FirstFinding vm={vm} /> },
  { name: 'Region', from: 900, fit: 'narrow', show: ({ region }) => region },
  { name: 'Owner', from: 900, show: ({ owner }) => owner },
  {
    name: 'Last recovery point',
    from: 1200,
    fit: 'narrow',
    show: ({ lastRecoveryPoint }) => <Instant at={lastRecoveryPoint} otherwise="none known" />,
  },
  { name: 'Verdict since', from: 1200, fit: 'narrow', show: ({ since }) => <Instant at={since} /> },
];

/** VMs with their verdict and what to look at first. */
export function VmTable({ vms }: { readonly vms: readonly Evaluated[] }) {
  return (
    <DataTable caption="VMs" columns={columns} rows={vms} keyOf={({ vmKey }) => vmKey} empty="There are no VMs." />
  );
}
