import { makeStyles, tokens } from '@fluentui/react-components';

import type { Evaluated, Transition } from '../../lib/use-cases/evaluated.ts';
import { Instant } from '../elements/instant.tsx';
import { Section } from '../elements/section.tsx';
import { VerdictMark } from '../verdict/verdict-mark.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '12px', margin: 0, padding: 0 },
  entry: { paddingLeft: '12px', borderLeft: `2px solid ${tokens.colorBrandStroke1}` },
  why: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

interface TimelineProps {
  /** Newest first. */
  readonly transitions: readonly Transition[];
  readonly firstSeen: Evaluated['firstSeen'];
}

/** What has become of the VM since Backstop first saw it. */
export function Timeline({ transitions, firstSeen }: TimelineProps) {
  const styles = useStyles();
  return (
    <Section title="Timeline">
      <ol className={styles.list}>
        {transitions.map(({ revision, at, from, to, why }) => (
          <li key={revision} className={styles.entry}>
            <Instant at={at} />: {from && <VerdictMark verdict={from} />} {from && 'to '}
            <VerdictMark verdict={to} />
            <div className={styles.why}>{why}</div>
          </li>
        ))}
        {firstSeen && (
          <li className={styles.entry}>
            <Instant at={firstSeen.at} />: first judged, <VerdictMark verdict={firstSeen.verdict} />
          </li>
        )}
        {!firstSeen && transitions.length === 0 && <li>Nothing is known of the time before.</li>}
      </ol>
    </Section>
  );
}
