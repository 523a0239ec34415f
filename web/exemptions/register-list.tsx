import { makeStyles } from '@fluentui/react-components';

import type { ExemptionState } from '../../lib/domain/registered-exemption.ts';
import { api } from '../api/client.ts';
import { useAnswer } from '../api/use-answer.ts';
import { MoreRows, useFirst } from '../elements/more-rows.tsx';
import { Shown } from '../elements/shown.tsx';
import { FilterSelect } from '../vms/filter-select.tsx';
import { ExemptionTable } from './exemption-table.tsx';
import type { ExemptionTask } from './task.ts';

const states: readonly ExemptionState[] = ['valid', 'expiring', 'expired', 'ended'];

/** As many as the API gives at once. */
const size = 500;

const useStyles = makeStyles({ state: { maxWidth: '240px', marginBottom: '12px' } });

interface RegisterListProps {
  /** Empty: all. */
  readonly state: string;
  /** Another number asks anew. */
  readonly turn: number;
  readonly onState: (state: string) => void;
  readonly onTask: (task: ExemptionTask) => void;
}

/** The register, those that end first in front. */
export function RegisterList({ state, turn, onState, onTask }: RegisterListProps) {
  const styles = useStyles();
  const answer = useAnswer(`${state} ${turn}`, (signal) => api.exemptions({ state, size }, signal));
  const first = useFirst(answer.value?.exemptions ?? []);
  return (
    <>
      <div className={styles.state}>
        <FilterSelect label="State" value={state} choices={states} onChoose={onState} />
      </div>
      <Shown answer={answer} what="the register">
        {({ exemptions, next }) =>
          exemptions.length === 0 ? (
            <div>The register holds no {state || ''} exemption.</div>
          ) : (
            <>
              <ExemptionTable
                exemptions={first.rows}
                onChange={(exemption) => onTask({ kind: 'change', exemption })}
                onEnd={(exemption) => onTask({ kind: 'end', exemption })}
              />
              <MoreRows first={first} />
              {next && <div>The register holds more than these {size}; GET exemptions gives all of them.</div>}
            </>
          )
        }
      </Shown>
    </>
  );
}
