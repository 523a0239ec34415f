import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import { Facts } from '../elements/facts.tsx';
import { Instant } from '../elements/instant.tsx';
import { Section } from '../elements/section.tsx';

/** The rule that tells whether an item exists. */
const existenceRule = 'health-protected';

function noItem({ findings }: Evaluated): string {
  const existence = findings.find(({ rule }) => rule === existenceRule);
  return existence?.outcome === 'unknown'
    ? `unknown: ${existence.message} (${existence.cause})`
    : 'none: no vault holds a protected item of this VM, as far as it was judged';
}

/** The protected item of the VM, its policy and its newest recovery point. */
export function BackupFacts({ vm }: { readonly vm: Evaluated }) {
  const { item, lastRecoveryPoint, itemSeenAt } = vm;
  return (
    <Section title="Backup">
      {item ? (
        <Facts
          of={[
            ['Vault', item.vault],
            ['Policy', item.policy ?? 'unknown: Azure did not say'],
            ['Item state', item.state],
            ['Last recovery point', <Instant key="point" at={lastRecoveryPoint} otherwise="none known" />],
            ['Item first seen', <Instant key="seen" at={itemSeenAt} />],
            ['Item', item.id],
          ]}
        />
      ) : (
        <Facts of={[['Protected item', noItem(vm)]]} />
      )}
    </Section>
  );
}
