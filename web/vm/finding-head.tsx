import { Badge, makeStyles, tokens } from '@fluentui/react-components';

import type { Finding } from '../../lib/domain/finding.ts';

const useStyles = makeStyles({
  head: {
    display: 'grid',
    gridTemplateColumns: '136px minmax(0, 1fr)',
    gap: '2px 8px',
    alignItems: 'center',
    width: '100%',
    padding: '6px 0',
    textAlign: 'left',
    '@media (max-width: 600px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  mark: { justifySelf: 'start', whiteSpace: 'nowrap' },
  message: { overflowWrap: 'anywhere' },
  rule: {
    gridColumnStart: 2,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    '@media (max-width: 600px)': { gridColumnStart: 1 },
  },
});

const severityColors = { blocker: 'danger', warning: 'warning', info: 'informative' } as const;

function markOf({ outcome, severity }: Finding) {
  switch (outcome) {
    case 'fail':
      return { color: severityColors[severity], text: severity };
    case 'unknown':
      return { color: 'brand', text: `unknown ${severity}` } as const;
    case 'pass':
      return { color: 'success', text: 'pass' } as const;
    default:
      return { color: 'informative', text: 'not applicable' } as const;
  }
}

/** How a rule came out, in one line. */
export function FindingHead({ finding }: { readonly finding: Finding }) {
  const styles = useStyles();
  const { color, text } = markOf(finding);
  return (
    <span className={styles.head}>
      <Badge appearance="tint" color={color} className={styles.mark}>
        {text}
      </Badge>
      <span className={styles.message}>{finding.message}</span>
      <span className={styles.rule}>{finding.rule}</span>
    </span>
  );
}
