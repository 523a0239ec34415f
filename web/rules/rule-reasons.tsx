import { makeStyles, tokens } from '@fluentui/react-components';

import type { RuleDescription } from '../../lib/reports/rule.ts';
import { Facts } from '../elements/facts.tsx';
import { Section } from '../elements/section.tsx';

const useStyles = makeStyles({ fix: { color: tokens.colorNeutralForeground2 } });

/** How a rule can come out, and what is to be done then. Names in braces stand for what was found. */
export function RuleReasons({ rule: { pass, fail, remedies } }: { readonly rule: RuleDescription }) {
  const styles = useStyles();
  return (
    <>
      <Section title="When it fails">
        <Facts
          of={Object.entries(fail).map(([reason, message]) => [
            reason,
            <div key={reason}>
              {message}
              <div className={styles.fix}>{remedies[reason]?.text}</div>
            </div>,
          ])}
        />
      </Section>
      <Section title="When it passes">
        <Facts of={Object.entries(pass)} />
      </Section>
    </>
  );
}
