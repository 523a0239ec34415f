import { makeStyles } from '@fluentui/react-components';

import type { Finding } from '../../lib/domain/finding.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import { Command } from '../elements/command.tsx';
import { Facts } from '../elements/facts.tsx';
import { EvidenceList } from './evidence-list.tsx';

const useStyles = makeStyles({ all: { display: 'flex', flexDirection: 'column', gap: '12px' } });

/** What one rule rests on, and what to do about it. */
export function FindingDetails({ finding }: { readonly finding: Finding }) {
  const styles = useStyles();
  const { rule, category, severity, evidence } = finding;
  const fix = finding.outcome === 'fail' ? finding.fix : undefined;
  return (
    <div className={styles.all}>
      {fix && (
        <>
          <div>
            <strong>Fix: </strong>
            {fix.text}
          </div>
          {fix.commands.map((command) => (
            <Command key={command} text={command} />
          ))}
        </>
      )}
      <Facts
        of={[
          [
            'Rule',
            <PageLink key="rule" to={addressOf('rules', rule)}>
              {rule}
            </PageLink>,
          ],
          ['Category', category],
          ['Severity', severity],
          ...('reason' in finding ? [['Reason', finding.reason] as const] : []),
          ...(finding.outcome === 'unknown' ? [['Cause', finding.cause] as const] : []),
          ...(finding.outcome === 'unknown' && finding.action ? [['Missing permission', finding.action] as const] : []),
        ]}
      />
      <EvidenceList evidence={evidence} />
    </div>
  );
}
