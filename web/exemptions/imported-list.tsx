import type { ImportedExemption } from '../../lib/use-cases/list-imported-exemptions.ts';
import { api, type Imported } from '../api/client.ts';
import { useAnswer } from '../api/use-answer.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import type { Column } from '../elements/column.ts';
import { DataTable } from '../elements/data-table.tsx';
import { Instant } from '../elements/instant.tsx';
import { MoreRows, useFirst } from '../elements/more-rows.tsx';
import { Shown } from '../elements/shown.tsx';
import { ExemptionStateMark } from './exemption-state-mark.tsx';

/** As many as the API gives at once. */
const size = 500;

const columns: readonly Column<ImportedExemption>[] = [
  { name: 'VM', show: ({ vmKey, vmName }) => <PageLink to={addressOf('vms', vmKey)}>{vmName}</PageLink> },
  { name: 'State', fit: 'narrow', show: ({ state }) => <ExemptionStateMark state={state} /> },
  { name: 'By', show: ({ name }) => name },
  { name: 'Until', fit: 'narrow', show: ({ endsAt, until }) => <Instant at={endsAt ?? until} otherwise="no end" /> },
];

/** VMs that are exempt by something that was made elsewhere; it is changed where it was made. */
export function ImportedList({ origin }: { readonly origin: Imported }) {
  const answer = useAnswer(origin, (signal) => api.importedExemptions({ origin, size }, signal));
  const first = useFirst(answer.value?.exemptions ?? []);
  return (
    <Shown answer={answer} what="the exemptions">
      {({ next }) => (
        <>
          <DataTable
            caption="VMs that are exempt"
            columns={columns}
            rows={first.rows}
            keyOf={({ vmKey }) => vmKey}
            empty={origin === 'tag' ? 'No VM is exempt by a tag.' : 'No VM is exempt by Azure Policy.'}
          />
          <MoreRows first={first} />
          {next && <div>There are more than these {size}; GET exemptions gives all of them.</div>}
        </>
      )}
    </Shown>
  );
}
