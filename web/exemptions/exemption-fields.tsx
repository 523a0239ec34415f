import { Field, Input, makeStyles, Textarea } from '@fluentui/react-components';

import type { ExemptionCategory } from '../../lib/domain/registered-exemption.ts';
import { functionKey } from '../api/session.ts';
import { Choice } from '../elements/choice.tsx';
import type { Draft } from './draft.ts';
import type { ExemptionTask } from './task.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: '12px', paddingBottom: '12px' },
});

const categories: readonly (readonly [ExemptionCategory, string])[] = [
  ['waiver', 'waiver: the risk is accepted'],
  ['mitigated', 'mitigated: something else takes the place of the backup'],
];

interface ExemptionFieldsProps {
  readonly task: ExemptionTask;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** The fields that a task needs. */
export function ExemptionFields({ task, draft, onChange }: ExemptionFieldsProps) {
  const styles = useStyles();
  const isEnd = task.kind === 'end';
  const isScopeOpen = task.kind === 'create' && task.scope === undefined;
  const text = (name: 'scope' | 'owner' | 'ticket' | 'by', label: string, maxLength: number, isRequired = true) => (
    <Field label={label} required={isRequired}>
      <Input
        value={draft[name]}
        maxLength={maxLength}
        required={isRequired}
        onChange={(_, { value }) => onChange({ ...draft, [name]: value })}
      />
    </Field>
  );
  return (
    <div className={styles.fields}>
      {isScopeOpen ? (
        text('scope', 'Scope: ARM id of a VM, a resource group or a subscription', 2000)
      ) : (
        <div>{draft.scope}</div>
      )}
      <Field label={isEnd ? 'Why it ends' : 'Reason'} required>
        <Textarea
          value={draft.reason}
          maxLength={2000}
          required
          onChange={(_, { value }) => onChange({ ...draft, reason: value })}
        />
      </Field>
      {!isEnd && (
        <>
          {text('owner', 'Owner', 200)}
          <Field label="Last day on which it holds (UTC)" required>
            <Input
              type="date"
              value={draft.until}
              required
              onChange={(_, { value }) => onChange({ ...draft, until: value })}
            />
          </Field>
          <Field label="Category" required>
            <Choice
              value={draft.category}
              choices={categories}
              onChoose={(category) => onChange({ ...draft, category })}
            />
          </Field>
          {text('ticket', 'Ticket', 200, false)}
        </>
      )}
      {/* A key does not tell who asks; whoever is signed in is known. */}
      {functionKey() !== null && text('by', 'Your name', 200)}
    </div>
  );
}
