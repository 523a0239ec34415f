import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, makeStyles } from '@fluentui/react-components';

import type { Finding } from '../../lib/domain/finding.ts';
import { FindingDetails } from './finding-details.tsx';
import { FindingHead } from './finding-head.tsx';

const useStyles = makeStyles({ panel: { margin: '0 0 16px', '@media (min-width: 600px)': { marginLeft: '32px' } } });

/** Findings one below the other; each opens to its evidence and fix. */
export function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  const styles = useStyles();
  return (
    <Accordion multiple collapsible>
      {findings.map((finding) => (
        <AccordionItem key={finding.rule} value={finding.rule}>
          <AccordionHeader as="h3">
            <FindingHead finding={finding} />
          </AccordionHeader>
          <AccordionPanel className={styles.panel}>
            <FindingDetails finding={finding} />
          </AccordionPanel>
        </AccordionItem>
      ))}
    </Accordion>
  );
}
