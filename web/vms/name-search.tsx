import { makeStyles, SearchBox } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';

/** How long nobody types before the API is asked. */
const restMs = 300;

const useStyles = makeStyles({ box: { width: '100%', minWidth: 0, '& > input': { minWidth: 0 } } });

interface NameSearchProps {
  readonly value: string;
  readonly onSearch: (text: string) => void;
}

/** Part of a name; the API is asked when the reader stops typing. */
export function NameSearch({ value, onSearch }: NameSearchProps) {
  const styles = useStyles();
  const [text, setText] = useState(value);
  const search = useRef(onSearch);
  search.current = onSearch;
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    const timer = text.trim() === value ? undefined : setTimeout(() => search.current(text.trim()), restMs);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <SearchBox value={text} maxLength={200} onChange={(_, change) => setText(change.value)} className={styles.box} />
  );
}
