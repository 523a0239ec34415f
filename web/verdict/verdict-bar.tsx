import { makeStyles, tokens } from '@fluentui/react-components';

import type { Verdict } from '../../lib/domain/verdict.ts';
import { verdictColor } from './colors.ts';
import { verdicts } from './words.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    gap: '1px',
    height: '12px',
    minWidth: '80px',
    overflow: 'hidden',
    borderRadius: tokens.borderRadiusSmall,
  },
  part: { minWidth: '2px' },
});

interface VerdictBarProps {
  readonly counts: Readonly<Record<Verdict, number>>;
}

/** How the VMs of a group are spread over the verdicts, drawn. */
export function VerdictBar({ counts }: VerdictBarProps) {
  const styles = useStyles();
  const present = verdicts.filter((verdict) => counts[verdict] > 0);
  const label = present.map((verdict) => `${counts[verdict]} ${verdict}`).join(', ');
  return (
    <div role="img" aria-label={label || 'no VMs'} title={label} className={styles.bar}>
      {present.map((verdict) => (
        <span
          key={verdict}
          className={styles.part}
          style={{ flexGrow: counts[verdict], backgroundColor: verdictColor[verdict] }}
        />
      ))}
    </div>
  );
}
