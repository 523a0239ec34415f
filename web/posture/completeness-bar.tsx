import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from '@fluentui/react-components';

import type { SeenCompleteness } from '../api/client.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import { GapList } from '../sweeps/gap-list.tsx';

const useStyles = makeStyles({ list: { marginTop: '4px' } });

/** Gaps that are named here; the view of the sweeps has all. */
const shownGaps = 5;

function titleOf({ state }: SeenCompleteness): string {
  switch (state) {
    case 'never-swept':
      return 'Nothing was swept yet: what follows says nothing about the tenant.';
    case 'planning':
    case 'running':
      return 'A sweep is running: the numbers are not whole yet.';
    case 'failed':
      return 'The newest sweep FAILED: the numbers are older than it, or not whole.';
    default:
      return 'INCOMPLETE: the newest sweep could not see everything.';
  }
}

/** What the posture does not rest on. Nothing is shown when the newest sweep is complete; the card beside says so. */
export function CompletenessBar({ completeness }: { readonly completeness: SeenCompleteness }) {
  const styles = useStyles();
  const { complete, state, gaps, subscriptionsRead, subscriptionsExpected, vms, vmsExpected } = completeness;
  if (complete) {
    return null;
  }
  const isUnderWay = state === 'running' || state === 'planning';
  return (
    <MessageBar intent={isUnderWay ? 'info' : 'error'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{titleOf(completeness)}</MessageBarTitle>
        {state !== 'never-swept' &&
          vms !== undefined &&
          `${subscriptionsRead} of ${subscriptionsExpected} subscriptions and ${vms} of ${vmsExpected} VMs were read.`}
        {gaps.length > 0 && (
          <div className={styles.list}>
            <GapList gaps={gaps.slice(0, shownGaps)} />
            {gaps.length > shownGaps && `${gaps.length - shownGaps} more are not shown here.`}
          </div>
        )}{' '}
        <PageLink to={addressOf('sweeps')}>All sweeps</PageLink>
      </MessageBarBody>
    </MessageBar>
  );
}
