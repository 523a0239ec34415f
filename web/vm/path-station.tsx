import { Badge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

import type { Path } from './path-of-findings.ts';

const useStyles = makeStyles({
  box: {
    height: '100%',
    boxSizing: 'border-box',
    padding: '8px 10px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    overflowWrap: 'anywhere',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  blocked: { border: `2px solid ${tokens.colorStatusDangerBorderActive}` },
  unknown: { border: `2px dashed ${tokens.colorStatusWarningBorderActive}` },
  title: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase300 },
  verdict: { whiteSpace: 'nowrap' },
  decision: { marginTop: '6px' },
  ends: { listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '4px', margin: '4px 0 0', padding: 0 },
});

const verdictColors: Readonly<Record<string, 'success' | 'danger' | 'warning'>> = {
  open: 'success',
  blocked: 'danger',
};

interface PathStationProps {
  readonly title: string;
  readonly name: string;
  /** The paths that are decided here, and by what. */
  readonly decided: readonly Path[];
  /** The paths that end here. */
  readonly ends?: readonly Path[];
}

function Verdict({ verdict, text }: { readonly verdict: string; readonly text: string }) {
  const styles = useStyles();
  return (
    <Badge appearance="tint" color={verdictColors[verdict] ?? 'warning'} className={styles.verdict}>
      {text}
    </Badge>
  );
}

/** A station of the path. The one that decides is marked by its frame and by words. */
export function PathStation({ title, name, decided, ends = [] }: PathStationProps) {
  const styles = useStyles();
  const isBlocked = decided.some(({ verdict }) => verdict === 'blocked');
  const frame = isBlocked ? styles.blocked : decided.length > 0 && styles.unknown;
  const groups = [...Map.groupBy(decided, ({ verdict, by = '' }) => `${verdict}|${by}`).values()];
  return (
    <div className={mergeClasses(styles.box, frame)}>
      <div className={styles.title}>{title}</div>
      <div>{name}</div>
      {groups.map((paths) => (
        <div key={paths[0]?.by} className={styles.decision}>
          <Verdict verdict={paths[0]?.verdict ?? ''} text={paths[0]?.verdict === 'blocked' ? 'blocks' : 'unknown'} />
          {paths[0]?.by !== name && <div>{paths[0]?.by}</div>}
          <div>for {paths.map(({ destination }) => destination).join(', ')}</div>
        </div>
      ))}
      {ends.length > 0 && (
        <ul className={styles.ends}>
          {ends.map(({ destination, verdict }) => (
            <li key={destination}>
              {destination} <Verdict verdict={verdict} text={verdict} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
