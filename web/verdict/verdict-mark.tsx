import { makeStyles, tokens } from '@fluentui/react-components';

import type { Verdict } from '../../lib/domain/verdict.ts';
import { verdictColor } from './colors.ts';

const useStyles = makeStyles({
  mark: { display: 'inline-flex', alignItems: 'center', gap: '6px', whiteSpace: 'nowrap' },
  dot: { flexShrink: 0, width: '10px', height: '10px', borderRadius: tokens.borderRadiusCircular },
});

/** A verdict: its word, and its colour beside it. `gone`: the VM exists no longer. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict | 'gone' }) {
  const styles = useStyles();
  const backgroundColor = verdict === 'gone' ? tokens.colorNeutralStroke2 : verdictColor[verdict];
  return (
    <span className={styles.mark}>
      <span className={styles.dot} style={{ backgroundColor }} />
      {verdict}
    </span>
  );
}
