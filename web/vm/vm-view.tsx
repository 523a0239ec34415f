import { Button, makeStyles } from '@fluentui/react-components';

import { api, type VmDetails } from '../api/client.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Page } from '../app/page.tsx';
import { Failure } from '../elements/failure.tsx';
import { Shown } from '../elements/shown.tsx';
import { VerdictMark } from '../verdict/verdict-mark.tsx';
import { Attempts } from './attempts.tsx';
import { BackupFacts } from './backup-facts.tsx';
import { Findings } from './findings.tsx';
import { FirstThing } from './first-thing.tsx';
import { NetworkPath } from './network-path.tsx';
import { OwnExemption } from './own-exemption.tsx';
import { Timeline } from './timeline.tsx';
import { useJudgement } from './use-judgement.ts';
import { VmFacts } from './vm-facts.tsx';

const useStyles = makeStyles({
  beside: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(420px, 100%), 1fr))',
    gap: '16px',
    alignItems: 'start',
  },
});

interface DetailsProps {
  readonly vm: VmDetails;
  /** Reads the VM anew. */
  readonly onChange: () => void;
}

function Details({ vm, onChange }: DetailsProps) {
  const styles = useStyles();
  const judgement = useJudgement(vm.vmId, onChange);
  const findings = judgement.findings ?? vm.findings;
  const actions = (
    <Button onClick={judgement.judge} disabled={judgement.isJudging}>
      {judgement.isJudging ? 'Judging ...' : 'Judge now'}
    </Button>
  );
  return (
    <Page title={vm.name} mark={<VerdictMark verdict={vm.goneAt ? 'gone' : vm.verdict} />} actions={actions}>
      {judgement.error && <Failure error={judgement.error} onAgain={judgement.judge} />}
      <FirstThing vm={vm} />
      <div className={styles.beside}>
        <VmFacts vm={vm} />
        <BackupFacts vm={vm} />
      </div>
      <NetworkPath findings={findings} wasJudgedNow={judgement.findings !== undefined} />
      <Findings findings={findings} areAll={judgement.findings !== undefined} />
      <OwnExemption vm={vm} onChange={onChange} />
      <Timeline transitions={vm.transitions} firstSeen={vm.firstSeen} />
      <Attempts vm={vm} />
    </Page>
  );
}

/** One VM: what it is, what is wrong, what to do first, and what has become of it. */
export function VmView({ vmKey }: { readonly vmKey: string }) {
  const answer = useAnswer(vmKey, (signal) => api.vm(vmKey, signal));
  const { value, again } = answer;
  if (value) {
    return <Details vm={value} onChange={again} />;
  }
  return (
    <Page title="VM">
      <Shown answer={answer} what="the VM">
        {() => null}
      </Shown>
    </Page>
  );
}
