import { makeStyles, tokens } from '@fluentui/react-components';

import type { VmDetails } from '../api/client.ts';
import { Instant } from '../elements/instant.tsx';
import { Section } from '../elements/section.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '12px', margin: 0, padding: 0 },
  entry: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

function planText(plan: VmDetails['plan']): string {
  if (!plan) {
    return 'Nothing is planned: no rules of engagement ask for it, or nothing is to be done.';
  }
  if (plan.kind === 'none') {
    return `There is no plan: ${plan.why}`;
  }
  const { action, mode, vault, policy, needsApproval } = plan;
  const approval = needsApproval ? ' It waits for an approval.' : '';
  return `Planned (${mode}): ${action}, vault ${vault.name}, policy ${policy.name}.${approval}`;
}

/** What Backstop would do to protect the VM, and what it has tried. */
export function Attempts({ vm: { plan, protections } }: { readonly vm: VmDetails }) {
  const styles = useStyles();
  return (
    <Section title="Attempts to protect">
      <div>{planText(plan)}</div>
      {protections.length === 0 ? (
        <div>Nothing was tried.</div>
      ) : (
        <ol className={styles.list}>
          {protections.map(({ number, state, changedAt, plan: { action, vault, policy }, outcome }) => (
            <li key={number} className={styles.entry}>
              <Instant at={changedAt} />: {action} with vault {vault.name} and policy {policy.name}:{' '}
              <strong>{state}</strong>
              {outcome && (
                <div className={styles.quiet}>
                  {outcome.code}: {outcome.message}
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
