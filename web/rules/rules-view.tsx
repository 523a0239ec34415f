import { makeStyles, SearchBox } from '@fluentui/react-components';
import { useState } from 'react';

import type { RuleDescription } from '../../lib/reports/rule.ts';
import { api } from '../api/client.ts';
import { useAnswer } from '../api/use-answer.ts';
import { NoView } from '../app/no-view.tsx';
import { Page } from '../app/page.tsx';
import { Section } from '../elements/section.tsx';
import { Shown } from '../elements/shown.tsx';
import { RuleDetails } from './rule-details.tsx';
import { RuleTable } from './rule-table.tsx';

const useStyles = makeStyles({ search: { maxWidth: '420px', width: '100%' } });

function RuleList({ rules }: { readonly rules: readonly RuleDescription[] }) {
  const styles = useStyles();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = rules.filter(({ id, title, category }) => `${id} ${title} ${category}`.toLowerCase().includes(wanted));
  return (
    <>
      <SearchBox
        aria-label="Find a rule"
        placeholder="Find a rule"
        className={styles.search}
        value={text}
        onChange={(_, { value }) => setText(value)}
      />
      <Section title={`${found.length} rules`}>
        <RuleTable rules={found} />
      </Section>
    </>
  );
}

/** The rules by which VMs are judged, or one of them. */
export function RulesView({ chosen }: { readonly chosen: string | undefined }) {
  const answer = useAnswer('rules', (signal) => api.rules(signal));
  const rule = answer.value?.rules.find(({ id }) => id === chosen);
  if (chosen !== undefined && answer.value) {
    return rule ? <RuleDetails key={rule.id} rule={rule} /> : <NoView />;
  }
  return (
    <Page title="Rules">
      <Shown answer={answer} what="the rules">
        {({ rules }) => <RuleList rules={rules} />}
      </Shown>
    </Page>
  );
}
