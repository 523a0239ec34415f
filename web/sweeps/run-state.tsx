import { Badge } from '@fluentui/react-components';

import type { Run } from '../../lib/use-cases/run.ts';

const colors = {
  planning: 'informative',
  running: 'informative',
  complete: 'success',
  incomplete: 'danger',
  failed: 'danger',
} as const satisfies Readonly<Record<Run['state'], string>>;

/** The state of a sweep in its word; only a complete one looks clean. */
export function RunState({ state }: { readonly state: Run['state'] }) {
  return (
    <Badge appearance={colors[state] === 'danger' ? 'filled' : 'tint'} color={colors[state]}>
      {state}
    </Badge>
  );
}
