import type { Posture } from '../api/client.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import { Facts } from '../elements/facts.tsx';
import { Section } from '../elements/section.tsx';

/** How many exemptions of the register hold, and which of them will not much longer. */
export function ExemptionCounts({ posture: { exemptions, expiringVms } }: { readonly posture: Posture }) {
  const link = (state: string, count: number) => (
    <PageLink key={state} to={addressOf('exemptions', undefined, { state })}>
      {count}
    </PageLink>
  );
  return (
    <Section title="Exemptions" actions={<PageLink to={addressOf('exemptions')}>All exemptions</PageLink>}>
      <Facts
        of={[
          ['Valid', exemptions ? link('valid', exemptions.valid) : 'unknown'],
          ['Expiring', exemptions ? link('expiring', exemptions.expiring) : 'unknown'],
          ['Expired', exemptions ? link('expired', exemptions.expired) : 'unknown'],
          ['VMs affected soon', expiringVms ?? 'unknown'],
        ]}
      />
    </Section>
  );
}
