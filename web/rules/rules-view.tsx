import { makeStyles, SearchBox } from '@fluentui/react-components';

import type { RuleDescription } from '../../lib/reports/rule.ts';
import { api } from '../api/client.ts';
import { useAnswer } from '../api/use-answer.ts';
import { addressOf, navigate } from '../app/location.ts';
import { NoView } from '../app/no-view.tsx';
import { Page } from '../app/page.tsx';
import { Section } from '../elements/section.tsx';
import { Shown } from '../elements/shown.tsx';
import { RuleDetails } from './rule-details.tsx';
import { RuleTable } from './rule-table.tsx';

const useStyles = makeStyles({ search: { maxWidth: '420px', width: '100%' } });

interface RuleListProps {
  readonly rules: readonly RuleDescription[];
  /** Part of an id, a title or a category. */
  readonly text: string;
}

function show(text: string): void {
  navigate(addressOf('rules', undefined, text ? { q: text } : {}), 'replace');
}

function RuleList({ rules, text }: RuleListProps) {
  const styles = useStyles();
  const wanted = text.trim().toLowerCase();
  const found = rules.filter(({ id, title, category }) => `${id} ${title} ${category}`.toLowerCase().includes(wanted));
  return (
    <>
      <SearchBox
        aria-label="Find a rule"
        placeholder="Find a rule"
        className={styles.search}
        value={text}
        onChange={(_, { value }) => show(value)}
      />
      <Section title={`${found.length} rules`}>
        <RuleTable rules={found} />
      </Section>
    </>
  );
}

interface RulesViewProps {
  readonly chosen: string | undefined;
  readonly query: URLSearchParams;
}

/** The rules by which VMs are judged, or one of them. */
export function RulesView({ chosen, query }: RulesViewProps) {
  const answer = useAnswer('rules', (signal) => api.rules(signal));
  const rule = answer.value?.rules.find(({ id }) => id === chosen);
  if (chosen !== undefined && answer.value) {
    return rule ? <RuleDetails key={rule.id} rule={rule} /> : <NoView />;
  }
  return (
    <Page title="Rules">
      <Shown answer={answer} what="the rules">
        {({ rules }) => <RuleList rules={rules} text={query.get('q') ?? ''} />}
      </Shown>
    </Page>
  );
}
