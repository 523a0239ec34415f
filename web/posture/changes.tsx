import { makeStyles, tokens } from '@fluentui/react-components';

import type { Transition } from '../../lib/use-cases/evaluated.ts';
import { api } from '../api/client.ts';
import { useAnswer } from '../api/use-answer.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import { Instant } from '../elements/instant.tsx';
import { Section } from '../elements/section.tsx';
import { Shown } from '../elements/shown.tsx';
import { VerdictMark } from '../verdict/verdict-mark.tsx';

/** Changes that are shown; there may be more. */
const shown = 10;

const useStyles = makeStyles({
  list: { listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '12px', margin: 0, padding: 0 },
  why: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

function Change({ change }: { readonly change: Transition }) {
  const styles = useStyles();
  const { vmKey, name, from, to, why, at } = change;
  return (
    <li>
      <PageLink to={addressOf('vms', vmKey)}>{name}</PageLink>{' '}
      {from && from !== to && (
        <>
          <VerdictMark verdict={from} /> to{' '}
        </>
      )}
      <VerdictMark verdict={to} />
      <div className={styles.why}>
        {why} <Instant at={at} />
      </div>
    </li>
  );
}

/** What changed since yesterday, newest first. */
export function Changes() {
  const styles = useStyles();
  const answer = useAnswer('changes', (signal) => api.changes({ since: '24h', size: shown }, signal));
  return (
    <Section title="Changed in the last 24 hours">
      <Shown answer={answer} what="the changes">
        {({ changes, next }) =>
          changes.length === 0 ? (
            <div>Nothing changed.</div>
          ) : (
            <>
              <ul className={styles.list}>
                {changes.map((change) => (
                  <Change key={`${change.vmKey} ${change.revision}`} change={change} />
                ))}
              </ul>
              {next && <div>There are more than these {shown}.</div>}
            </>
          )
        }
      </Shown>
    </Section>
  );
}
