import { makeStyles, tokens } from '@fluentui/react-components';

import type { Evidence } from '../../lib/domain/finding.ts';
import { Facts } from '../elements/facts.tsx';
import { Instant } from '../elements/instant.tsx';

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '12px', margin: 0 },
  caption: { marginBottom: '4px', fontWeight: tokens.fontWeightSemibold },
  values: { paddingLeft: '12px', borderLeft: `2px solid ${tokens.colorNeutralStroke2}` },
});

function textOf(value: string | number | boolean | undefined): string {
  return value === undefined || value === '' ? 'not set' : String(value);
}

/** The values that a rule looked at: which, where they were read, and when. */
export function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const styles = useStyles();
  if (evidence.length === 0) {
    return <div>Nothing was read for this.</div>;
  }
  return (
    <div className={styles.all}>
      {evidence.map(({ fact, values, where, readAt }) => (
        <div key={`${fact} ${where}`}>
          <div className={styles.caption}>
            Evidence: {fact}, from {where}, <Instant at={readAt} />
          </div>
          <div className={styles.values}>
            <Facts of={Object.entries(values).map(([name, value]) => [name, textOf(value)])} />
          </div>
        </div>
      ))}
    </div>
  );
}
