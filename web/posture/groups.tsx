import { makeStyles, Tab, TabList } from '@fluentui/react-components';
import { useState } from 'react';

import type { Grouping } from '../../lib/reports/posture-groups.ts';
import { api } from '../api/client.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Section } from '../elements/section.tsx';
import { Shown } from '../elements/shown.tsx';
import { GroupTable } from './group-table.tsx';

const groupings: readonly Grouping[] = ['subscription', 'region', 'rule', 'owner'];

const useStyles = makeStyles({ tabs: { margin: '-8px -12px 0', flexWrap: 'wrap' } });

/** The posture told apart by subscription, region, failing rule or owner; each is asked for when it is looked at. */
export function Groups() {
  const styles = useStyles();
  const [by, setBy] = useState<Grouping>('subscription');
  const answer = useAnswer(by, (signal) => api.posture({ by }, signal));
  return (
    <Section title="In groups">
      <TabList
        className={styles.tabs}
        aria-label="Group by"
        selectedValue={by}
        onTabSelect={(_, { value }) => setBy(value as Grouping)}
      >
        {groupings.map((grouping) => (
          <Tab key={grouping} value={grouping} id={`by-${grouping}`} aria-controls="groups">
            By {grouping}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" id="groups" aria-labelledby={`by-${by}`}>
        <Shown answer={answer} what="the groups">
          {({ groups = [] }) => <GroupTable by={by} groups={groups} />}
        </Shown>
      </div>
    </Section>
  );
}
