import { parseExemptionScope, scopesOf } from '../domain/exemption-scope.ts';
import { type Known, known } from '../domain/fact.ts';
import type { Machine } from '../domain/machine.ts';
import type { RegisteredExemption } from '../domain/registered-exemption.ts';
import type { ExemptionRegister } from './exemption-ports.ts';
import type { Ports } from './ports.ts';

/** What the register holds for the VMs of some subscriptions. */
export interface RegisteredExemptions {
  of(vm: Pick<Machine, 'key'>): Known<readonly RegisteredExemption[]>;
}

/** Reads what the register holds for some subscriptions. */
export async function readRegisteredExemptions(
  { exemptions, clock }: { readonly exemptions: Pick<ExemptionRegister, 'of'> } & Pick<Ports, 'clock'>,
  subscriptionIds: readonly string[],
): Promise<RegisteredExemptions> {
  const source = { where: 'the register of exemptions', readAt: clock().toISOString() };
  const byScope = Map.groupBy(await exemptions.of(subscriptionIds), ({ scope }) => parseExemptionScope(scope)?.key);
  const none = known<readonly RegisteredExemption[]>([], source);
  return {
    of(vm) {
      const found = byScope.size === 0 ? [] : scopesOf(vm).flatMap((scope) => byScope.get(scope) ?? []);
      return found.length === 0 ? none : known(found, source);
    },
  };
}
