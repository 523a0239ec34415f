import { makeStyles, tokens } from '@fluentui/react-components';

import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import { Command } from '../elements/command.tsx';
import { Instant } from '../elements/instant.tsx';
import { Section } from '../elements/section.tsx';
import { verdictMeanings } from '../verdict/words.ts';

const useStyles = makeStyles({
  said: { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  commands: { display: 'flex', flexDirection: 'column', gap: '8px' },
});

/** The verdict in one sentence, and what to fix first. */
export function FirstThing({ vm: { verdict, since, goneAt, findings } }: { readonly vm: Evaluated }) {
  const styles = useStyles();
  const first = findings.find(({ outcome }) => outcome === 'fail') ?? findings[0];
  const fix = first?.outcome === 'fail' ? first.fix : undefined;
  return (
    <Section title={goneAt ? 'Gone' : `This VM is ${verdict}`}>
      <div className={styles.said}>
        {goneAt ? 'The VM exists no longer. What follows is how it was last.' : verdictMeanings[verdict]}
      </div>
      <div className={styles.quiet}>
        {goneAt ? 'Gone since ' : 'Since '}
        <Instant at={goneAt ?? since} />
      </div>
      {first && (
        <div>
          <strong>{first.outcome === 'fail' ? 'Look at this first: ' : 'Could not be told: '}</strong>
          {first.message} <PageLink to={addressOf('rules', first.rule)}>{first.rule}</PageLink>
        </div>
      )}
      {fix && (
        <div className={styles.commands}>
          <div>
            <strong>Fix: </strong>
            {fix.text}
          </div>
          {fix.commands.map((command) => (
            <Command key={command} text={command} />
          ))}
        </div>
      )}
      {!first && <div>No rule failed, and none had to stay open.</div>}
    </Section>
  );
}
