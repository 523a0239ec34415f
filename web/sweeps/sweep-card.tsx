import { ProgressBar } from '@fluentui/react-components';

import type { Run } from '../../lib/use-cases/run.ts';
import type { SeenRun } from '../api/client.ts';
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

function unknownRules(rulesUnknown: Run['rulesUnknown']): string {
  const rules = Object.entries(rulesUnknown).map(([rule, vms]) => `${rule} (${vms} VMs)`);
  return rules.length > 0 ? rules.join(', ') : 'none';
}

function readsText({ pages, rows, throttles, retries, waitedMs }: Run['reads']): string {
  const waited = (waitedMs / 1000).toFixed(1);
  return `${pages} pages, ${rows} rows; throttled ${throttles} times, ${retries} retries, held back for ${waited} s`;
}

/** What was read, in numbers; who sees only some subscriptions is told none, as they are of all of them together. */
function numbersOf(run: SeenRun): readonly (readonly [name: string, value: string])[] {
  const { shards, shardsDone, subscriptionsRead, subscriptionsExpected, reads, looks, rulesUnknown } = run;
  const { vms, vmsExpected, judged, changed, retired } = run;
  if (!reads || !looks || !rulesUnknown) {
    return [];
  }
  return [
    ['Shards', `${shardsDone} of ${shards} done`],
    ['Subscriptions', `${subscriptionsRead} of ${subscriptionsExpected} read`],
    ['VMs', `${vms} of ${vmsExpected} read, ${judged} judged, ${changed} changed, ${retired} gone`],
    ['Read singly', `${looks.made} VMs, ${looks.left} left`],
    ['Resource Graph', readsText(reads)],
    ['Rules not told', unknownRules(rulesUnknown)],
  ];
}

/** One run: what it covered, how far it is, and what it could not see. */
export function SweepCard({ run }: { readonly run: SeenRun }) {
  const { runId, state, startedAt, finishedAt, kind, trigger, shards = 0, shardsDone = 0, gaps } = run;
  return (
    <Section title={instantText(startedAt)} actions={<RunState state={state} />}>
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
          ...numbersOf(run),
          ['Gaps', gaps.length === 0 ? 'none' : <GapList key="gaps" gaps={gaps} />],
          ['Run', runId],
        ]}
      />
    </Section>
  );
}
