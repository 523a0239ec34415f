import { Button, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';

const step = 15;

const useStyles = makeStyles({ button: { alignSelf: 'start', marginTop: '8px' } });

/** The first rows of a list that is there as a whole, and the way to more of them. */
interface First<Row> {
  readonly rows: readonly Row[];
  readonly left: number;
  readonly more: () => void;
}

/** Shows the beginning of a long list, and more of it when asked. */
export function useFirst<Row>(all: readonly Row[]): First<Row> {
  const [count, setCount] = useState(step);
  return { rows: all.slice(0, count), left: Math.max(0, all.length - count), more: () => setCount(count + 10 * step) };
}

/** The button to what `useFirst` left out. */
export function MoreRows<Row>({ first: { left, more } }: { readonly first: First<Row> }) {
  const styles = useStyles();
  return left === 0 ? null : (
    <Button className={styles.button} onClick={more}>
      Show more ({left} left)
    </Button>
  );
}
