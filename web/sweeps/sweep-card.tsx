import { ProgressBar } from '@fluentui/react-components';

import type { Run } from '../../lib/use-cases/run.ts';
import { Facts } from '../elements/facts.tsx';
import { Instant, instantText } from '../elements/instant.tsx';
import { Section } from '../elements/section.tsx';
import { GapList } from './gap-list.tsx';
import { RunState } from './run-state.tsx';

const kinds: Readonly<Record<Run['kind'], string>> = {
  full: 'all VMs in scope',
  part: 'some subscriptions',
  changes: 'VMs around which something changed',
};

function unknownRules({ rulesUnknown }: Run): string {
  const rules = Object.entries(rulesUnknown).map(([rule, vms]) => `${rule} (${vms} VMs)`);
  return rules.length > 0 ? rules.join(', ') : 'none';
}

function readsText({ reads: { pages, rows, throttles, retries, waitedMs } }: Run): string {
  const waited = (waitedMs / 1000).toFixed(1);
  return `${pages} pages, ${rows} rows; throttled ${throttles} times, ${retries} retries, held back for ${waited} s`;
}

/** One run: what it covered, how far it is, and what it could not see. */
export function SweepCard({ run }: { readonly run: Run }) {
  const { startedAt, finishedAt, kind, trigger, shards, shardsDone, gaps, looks } = run;
  const { subscriptionsRead, subscriptionsExpected, vms, vmsExpected, judged, changed, retired } = run;
  return (
    <Section title={instantText(startedAt)} actions={<RunState state={run.state} />}>
      {!finishedAt && (
        <ProgressBar
          aria-label="Shards that are done"
          {...(shards > 0 ? { value: shardsDone, max: shards } : {})}
          thickness="large"
        />
      )}
      <Facts
        of={[
          ['Covers', kinds[kind]],
          ['Started by', trigger],
          ['Finished', <Instant key="finished" at={finishedAt} otherwise="not yet" />],
          ['Shards', `${shardsDone} of ${shards} done`],
          ['Subscriptions', `${subscriptionsRead} of ${subscriptionsExpected} read`],
          ['VMs', `${vms} of ${vmsExpected} read, ${judged} judged, ${changed} changed, ${retired} gone`],
          ['Read singly', `${looks.made} VMs, ${looks.left} left`],
          ['Resource Graph', readsText(run)],
          ['Rules not told', unknownRules(run)],
          ['Gaps', gaps.length === 0 ? 'none' : <GapList key="gaps" gaps={gaps} />],
          ['Run', run.runId],
        ]}
      />
    </Section>
  );
}
