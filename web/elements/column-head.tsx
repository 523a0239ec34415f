import { makeStyles, tokens } from '@fluentui/react-components';

import type { Column, Sorting } from './column.ts';

const useStyles = makeStyles({
  button: {
    padding: 0,
    border: 'none',
    font: 'inherit',
    color: 'inherit',
    backgroundColor: 'transparent',
    cursor: 'pointer',
    ':hover': { color: tokens.colorNeutralForeground1, textDecorationLine: 'underline' },
  },
});

type Order = 'ascending' | 'descending' | 'none';

function orderOf(sort: string, by: string): Order {
  if (by === sort) {
    return 'ascending';
  }
  return by === `-${sort}` ? 'descending' : 'none';
}

const arrows: Readonly<Record<Order, string>> = { ascending: ' \u2191', descending: ' \u2193', none: '' };

/** What follows when the heading is pressed: ascending, descending, as the API has them. */
const following = (sort: string): Readonly<Record<Order, string>> => ({
  none: sort,
  ascending: `-${sort}`,
  descending: '',
});

interface ColumnHeadProps<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting | undefined;
  readonly className: string;
}

/** The heading of a column; where the API sorts by it, pressing it does. */
export function ColumnHead<Row>({ column: { name, sort }, sorting, className }: ColumnHeadProps<Row>) {
  const styles = useStyles();
  if (sort === undefined || !sorting) {
    return (
      <th scope="col" className={className}>
        {name}
      </th>
    );
  }
  const order = orderOf(sort, sorting.by);
  return (
    <th scope="col" className={className} aria-sort={order}>
      <button type="button" className={styles.button} onClick={() => sorting.onSort(following(sort)[order])}>
        {name}
        <span aria-hidden="true">{arrows[order]}</span>
      </button>
    </th>
  );
}
