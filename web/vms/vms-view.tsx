import { Button } from '@fluentui/react-components';

import { addressOf, navigate } from '../app/location.ts';
import { Page } from '../app/page.tsx';
import { Failure } from '../elements/failure.tsx';
import { Loading } from '../elements/loading.tsx';
import { Section } from '../elements/section.tsx';
import { FilterBar } from './filter-bar.tsx';
import { type Filters, filtersOf, withFilter } from './filters.ts';
import { useVmPages } from './use-vm-pages.ts';
import { VmTable } from './vm-table.tsx';

/** Puts the filters into the address, so that it can be passed on. */
function show(filters: Filters): void {
  navigate(addressOf('vms', undefined, filters as Readonly<Record<string, string>>), 'replace');
}

/** VMs by filter, a page at a time; the filters stand in the address. */
export function VmsView({ query }: { readonly query: URLSearchParams }) {
  const filters = filtersOf(query);
  const { vms, next, isLoading, error, more, again } = useVmPages(filters);
  const count = `${vms.length}${next ? ' or more' : ''} ${vms.length === 1 && !next ? 'VM' : 'VMs'}`;
  const sorting = { by: filters.sort ?? '', onSort: (by: string) => show(withFilter(filters, 'sort', by)) };
  return (
    <Page title="VMs">
      <FilterBar filters={filters} onChange={show} />
      <Section title={isLoading && vms.length === 0 ? 'VMs that match' : count}>
        {vms.length > 0 && <VmTable vms={vms} sorting={sorting} />}
        {error && <Failure error={error} onAgain={again} />}
        {isLoading && <Loading what="VMs" />}
        {!isLoading && !error && vms.length === 0 && <div>No VM matches these filters.</div>}
        {next && !isLoading && (
          <div>
            <Button onClick={more}>Load more</Button>
          </div>
        )}
      </Section>
    </Page>
  );
}
