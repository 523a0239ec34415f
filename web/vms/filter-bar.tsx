import { Button, Field, makeStyles } from '@fluentui/react-components';

import type { Severity } from '../../lib/domain/rule.ts';
import { api } from '../api/client.ts';
import { useAnswer } from '../api/use-answer.ts';
import { verdicts } from '../verdict/words.ts';
import { FilterSelect } from './filter-select.tsx';
import { type FilterName, type Filters, linkNames, withFilter } from './filters.ts';
import { NameSearch } from './name-search.tsx';

const severities: readonly Severity[] = ['blocker', 'warning', 'info'];

/** How the posture calls the owners that it does not name. */
const otherOwners = '(others)';

const useStyles = makeStyles({
  bar: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(170px, 100%), 1fr))',
    gap: '12px',
    alignItems: 'end',
  },
  field: { minWidth: 0 },
  clear: { justifySelf: 'start' },
});

interface FilterBarProps {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

/** The filters of the list. What there is to choose from is what the posture counts. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const styles = useStyles();
  const { value } = useAnswer('choices', (signal) => api.posture({}, signal));
  const set = (name: FilterName) => (chosen: string) => onChange(withFilter(filters, name, chosen));
  const select = (name: Exclude<FilterName, 'q'>, label: string, choices: readonly string[]) => (
    <FilterSelect label={label} value={filters[name] ?? ''} choices={choices} onChoose={set(name)} />
  );
  const namesOf = (counts: object | undefined) => Object.keys(counts ?? {}).toSorted();
  const owners = namesOf(value?.owners).filter((owner) => owner !== otherOwners);
  return (
    <search>
      <div className={styles.bar}>
        <Field label="Name contains" className={styles.field}>
          <NameSearch value={filters.q ?? ''} onSearch={set('q')} />
        </Field>
        {select('verdict', 'Verdict', verdicts)}
        {select('severity', 'Failing with severity', severities)}
        {select('rule', 'Failing or unknown rule', namesOf(value?.rules))}
        {select('subscription', 'Subscription', namesOf(value?.subscriptions))}
        {select('region', 'Region', namesOf(value?.regions))}
        {select('owner', 'Owner', owners)}
        {linkNames.map(
          (name) =>
            filters[name] !== undefined && (
              <FilterSelect
                key={name}
                label={name}
                value={filters[name]}
                choices={[filters[name]]}
                onChoose={set(name)}
              />
            ),
        )}
        {Object.keys(filters).length > 0 && (
          <Button className={styles.clear} onClick={() => onChange({})}>
            Clear filters
          </Button>
        )}
      </div>
    </search>
  );
}
