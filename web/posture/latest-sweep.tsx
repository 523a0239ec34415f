import { Badge } from '@fluentui/react-components';
import type { ReactNode } from 'react';

import type { SeenCompleteness } from '../api/client.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import { Facts } from '../elements/facts.tsx';
import { Instant } from '../elements/instant.tsx';
import { Section } from '../elements/section.tsx';
import { RunState } from '../sweeps/run-state.tsx';

/** What was read, in numbers; who sees only some subscriptions is told none, as they are of all of them together. */
function numbersOf(completeness: SeenCompleteness): readonly (readonly [name: string, value: ReactNode])[] {
  const { subscriptionsRead, subscriptionsExpected, vms, vmsExpected, reads, rulesUnknown } = completeness;
  if (vms === undefined || !reads || !rulesUnknown) {
    return [];
  }
  const unknownRules = Object.keys(rulesUnknown).length;
  return [
    ['Subscriptions', `${subscriptionsRead} of ${subscriptionsExpected} read`],
    ['VMs', `${vms} of ${vmsExpected} read`],
    ['Throttled', `${reads.throttles} times`],
    ['Rules not told', unknownRules === 0 ? 'none' : `${unknownRules}, as something could not be read`],
  ];
}

/** What the numbers rest on: the newest sweep of everything, how old it is, and what it read. */
export function LatestSweep({ completeness }: { readonly completeness: SeenCompleteness }) {
  const { state, startedAt, finishedAt, ageHours, gaps } = completeness;
  return (
    <Section title="Newest sweep" actions={<PageLink to={addressOf('sweeps')}>All sweeps</PageLink>}>
      {state === 'never-swept' ? (
        <Badge color="danger">never swept</Badge>
      ) : (
        <Facts
          of={[
            ['State', <RunState key="state" state={state} />],
            ['Started', <Instant key="started" at={startedAt} />],
            ['Finished', <Instant key="finished" at={finishedAt} otherwise="not yet" />],
            ['Age', ageHours === null ? 'unknown' : `${ageHours} h`],
            ['Gaps', gaps.length === 0 ? 'none' : `${gaps.length}`],
            ...numbersOf(completeness),
          ]}
        />
      )}
    </Section>
  );
}
