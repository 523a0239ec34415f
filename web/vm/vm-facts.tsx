import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import { CopyButton } from '../elements/copy-button.tsx';
import { Facts } from '../elements/facts.tsx';
import { Instant } from '../elements/instant.tsx';
import { Section } from '../elements/section.tsx';

const triggers: Readonly<Record<Evaluated['trigger'], string>> = {
  event: 'an event',
  sweep: 'a sweep',
  request: 'a request',
};

/** Where the VM stands, whose it is, and when it was judged. */
export function VmFacts({ vm }: { readonly vm: Evaluated }) {
  const { vmId, resourceGroup, subscriptionId, region, owner, createdAt, evidenceAt, trigger } = vm;
  const listOf = (filter: Readonly<Record<string, string>>, name: string) => (
    <PageLink to={addressOf('vms', undefined, filter)}>{name}</PageLink>
  );
  return (
    <Section title="The VM">
      <Facts
        of={[
          ['Resource group', listOf({ subscription: subscriptionId, resourceGroup }, resourceGroup)],
          ['Subscription', listOf({ subscription: subscriptionId }, subscriptionId)],
          ['Region', listOf({ region }, region)],
          ['Owner', listOf({ owner }, owner)],
          ['Created', <Instant key="created" at={createdAt} otherwise="unknown: Azure did not say" />],
          [
            'Judged from',
            <span key="judged">
              evidence of <Instant at={evidenceAt} />, by {triggers[trigger]}
            </span>,
          ],
          [
            'ARM id',
            <span key="id">
              {vmId} <CopyButton text={vmId} what="the ARM id" />
            </span>,
          ],
        ]}
      />
    </Section>
  );
}
