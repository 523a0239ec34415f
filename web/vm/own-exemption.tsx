import { Button } from '@fluentui/react-components';
import { useState } from 'react';

import type { ListedExemption } from '../../lib/use-cases/list-exemptions.ts';
import { api, type VmDetails } from '../api/client.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Facts } from '../elements/facts.tsx';
import { Instant } from '../elements/instant.tsx';
import { Loading } from '../elements/loading.tsx';
import { Section } from '../elements/section.tsx';
import { Shown } from '../elements/shown.tsx';
import { ExemptionDialog } from '../exemptions/exemption-dialog.tsx';
import { ExemptionTable } from '../exemptions/exemption-table.tsx';
import type { ExemptionTask } from '../exemptions/task.ts';
import { useAwaitedRow } from './use-awaited-row.ts';

interface OwnExemptionProps {
  readonly vm: VmDetails;
  readonly onChange: () => void;
}

function Holds({ vm: { exemption, verdict } }: { readonly vm: VmDetails }) {
  if (!exemption) {
    return (
      <div>
        {verdict === 'exempt' ? 'The VM is exempt; by what, its findings say.' : 'No exemption holds for this VM.'}
      </div>
    );
  }
  const { origin, name, until, endsAt, reason, owner } = exemption;
  return (
    <Facts
      of={[
        ['Exempt by', `${origin}: ${name}`],
        ['Until', endsAt ? <Instant key="until" at={endsAt} /> : (until ?? 'no end')],
        ['Reason', reason ?? 'not given'],
        ['Owner', owner ?? 'not given'],
      ]}
    />
  );
}

/** Whether the VM is exempt, what the register holds about it, and the way to make, change or end an exemption. */
export function OwnExemption({ vm, onChange }: OwnExemptionProps) {
  const [task, setTask] = useState<ExemptionTask>();
  const awaited = useAwaitedRow(vm, onChange);
  const answer = useAnswer(`register of ${vm.vmId} ${vm.revision}`, (signal) =>
    api.exemptions({ scope: vm.vmId }, signal),
  );
  const done = () => {
    setTask(undefined);
    answer.again();
    awaited.start();
  };
  const create = <Button onClick={() => setTask({ kind: 'create', scope: vm.vmId })}>Exempt this VM</Button>;
  return (
    <Section title="Exemption" actions={vm.goneAt ? undefined : create}>
      {awaited.isWaiting && <Loading what="the new verdict: the VM is being judged anew" />}
      <Holds vm={vm} />
      <Shown answer={answer} what="the register">
        {({ exemptions }) =>
          exemptions.length === 0 ? (
            <div>The register holds no exemption for it, its resource group or its subscription.</div>
          ) : (
            <ExemptionTable
              exemptions={exemptions}
              onChange={(exemption: ListedExemption) => setTask({ kind: 'change', exemption })}
              onEnd={(exemption: ListedExemption) => setTask({ kind: 'end', exemption })}
            />
          )
        }
      </Shown>
      {task && <ExemptionDialog task={task} onDone={done} onCancel={() => setTask(undefined)} />}
    </Section>
  );
}
