import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

import type { Column, Sorting } from './column.ts';
import { ColumnHead } from './column-head.tsx';

interface DataTableProps<Row> {
  /** What the table holds, for readers who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Said in place of an empty table. */
  readonly empty: string;
  readonly sorting?: Sorting;
}

const useStyles = makeStyles({
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
  caption: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  head: {
    padding: '6px 8px',
    textAlign: 'left',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    whiteSpace: 'nowrap',
  },
  row: { ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  cell: {
    padding: '8px',
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  number: { textAlign: 'right', width: '1%', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
  narrow: { width: '1%', whiteSpace: 'nowrap' },
  short: { width: '92px', minWidth: '92px' },
  name: { width: '24%', '@media (max-width: 599px)': { width: '60%' } },
  from600: { '@media (max-width: 599px)': { display: 'none' } },
  from900: { '@media (max-width: 899px)': { display: 'none' } },
  from1200: { '@media (max-width: 1199px)': { display: 'none' } },
});

/** A table of rows. Columns that say least give way on small screens, so that the page never scrolls sideways. */
export function DataTable<Row>({ caption, columns, rows, keyOf, empty, sorting }: DataTableProps<Row>) {
  const styles = useStyles();
  if (rows.length === 0) {
    return <div>{empty}</div>;
  }
  const classOf = ({ fit, from }: Column<Row>) => mergeClasses(fit && styles[fit], from && styles[`from${from}`]);
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <ColumnHead
              key={column.name}
              column={column}
              sorting={sorting}
              className={mergeClasses(styles.head, classOf(column))}
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} className={styles.row}>
            {columns.map((column) => (
              <td key={column.name} className={mergeClasses(styles.cell, classOf(column))}>
                {column.show(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
