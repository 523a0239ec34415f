import { Badge, Button, makeStyles } from '@fluentui/react-components';

import type { ListedExemption } from '../../lib/use-cases/list-exemptions.ts';
import type { Column } from '../elements/column.ts';
import { DataTable } from '../elements/data-table.tsx';
import { Instant } from '../elements/instant.tsx';
import { ExemptionScope } from './exemption-scope.tsx';
import { ExemptionStateMark } from './exemption-state-mark.tsx';

const useStyles = makeStyles({ actions: { display: 'flex', flexWrap: 'wrap', gap: '4px' } });

interface ExemptionTableProps {
  readonly exemptions: readonly ListedExemption[];
  readonly onChange: (exemption: ListedExemption) => void;
  readonly onEnd: (exemption: ListedExemption) => void;
}

/** Exemptions of the register; those that hold can be changed and ended. */
export function ExemptionTable({ exemptions, onChange, onEnd }: ExemptionTableProps) {
  const styles = useStyles();
  const isOver = ({ state }: ListedExemption) => state === 'ended';
  const columns: readonly Column<ListedExemption>[] = [
    { name: 'Scope', show: ({ scope }) => <ExemptionScope scope={scope} /> },
    { name: 'State', fit: 'narrow', show: ({ state }) => <ExemptionStateMark state={state} /> },
    { name: 'Until', from: 600, fit: 'narrow', show: ({ until, endedAt }) => <Instant at={endedAt ?? until} /> },
    { name: 'Reason', from: 600, show: ({ reason, ticket }) => (ticket ? `${reason} (${ticket})` : reason) },
    { name: 'Owner', from: 900, show: ({ owner }) => owner },
    {
      name: 'Category',
      from: 1200,
      fit: 'narrow',
      show: ({ category }) => (
        <Badge appearance="outline" color="informative">
          {category}
        </Badge>
      ),
    },
    { name: 'Changed by', from: 1200, show: ({ changedBy }) => changedBy },
    {
      name: 'Actions',
      show: (exemption) =>
        isOver(exemption) ? null : (
          <div className={styles.actions}>
            <Button size="small" onClick={() => onChange(exemption)}>
              Change
            </Button>
            <Button size="small" onClick={() => onEnd(exemption)}>
              End
            </Button>
          </div>
        ),
    },
  ];
  return (
    <DataTable
      caption="Exemptions of the register"
      columns={columns}
      rows={exemptions}
      keyOf={({ exemptionId }) => exemptionId}
      empty="There are none."
    />
  );
}
