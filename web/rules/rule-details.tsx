import { makeStyles } from '@fluentui/react-components';

import type { RuleDescription } from '../../lib/reports/rule.ts';
import { addressOf } from '../app/location.ts';
import { Page } from '../app/page.tsx';
import { PageLink } from '../app/page-link.tsx';
import { Facts } from '../elements/facts.tsx';
import { Section } from '../elements/section.tsx';
import { RuleReasons } from './rule-reasons.tsx';

const useStyles = makeStyles({ list: { margin: 0, paddingLeft: '20px', overflowWrap: 'anywhere' } });

/** What one rule demands, why, and where that is written. */
export function RuleDetails({ rule }: { readonly rule: RuleDescription }) {
  const styles = useStyles();
  const { id, title, category, severity, judges, rationale, needs, sources, reviewed, evidenceFor } = rule;
  const vms = judges === 'vms' && (
    <PageLink to={addressOf('vms', undefined, { rule: id })}>VMs that fail it, or of which it could not tell</PageLink>
  );
  return (
    <Page title={id}>
      <Section title="What it demands">
        <div>{title}.</div>
        <div>{rationale}</div>
        <Facts
          of={[
            ['Severity', severity],
            ['Category', category],
            ['Judges', judges],
            ['Looks at', needs.join(', ')],
            ['Compared with its sources', reviewed],
          ]}
        />
        {vms}
      </Section>
      <RuleReasons rule={rule} />
      <Section title="Sources">
        <ul className={styles.list}>
          {sources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      </Section>
      <Section title="Evidence for controls">
        {evidenceFor.length === 0 ? (
          <div>A failure is evidence for no control in the map.</div>
        ) : (
          <ul className={styles.list}>
            {evidenceFor.map(({ framework, version, control, title: name, relation }) => (
              <li key={`${framework} ${version} ${control}`}>
                {framework} {version}, {control}: {name} ({relation})
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}
