import { Badge } from '@fluentui/react-components';

import type { ExemptionState } from '../../lib/domain/registered-exemption.ts';

const colors = { valid: 'success', expiring: 'warning', expired: 'danger', ended: 'informative' } as const;

/** How an exemption stands, in its word. */
export function ExemptionStateMark({ state }: { readonly state: ExemptionState }) {
  return (
    <Badge appearance="tint" color={colors[state]}>
      {state}
    </Badge>
  );
}
