import { makeStyles, tokens } from '@fluentui/react-components';

import type { Gap } from '../../lib/use-cases/run.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: '20px', overflowWrap: 'anywhere' },
  cause: { color: tokens.colorNeutralForeground2, fontFamily: tokens.fontFamilyMonospace },
});

/** What a sweep could not read, and why. */
export function GapList({ gaps }: { readonly gaps: readonly Gap[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {gaps.map(({ what, cause, detail }) => (
        <li key={`${what} ${cause} ${detail}`}>
          {what}: {detail} <span className={styles.cause}>{cause}</span>
        </li>
      ))}
    </ul>
  );
}
