import { useState } from 'react';

import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import { api } from '../api/client.ts';
import type { ApiError } from '../api/request.ts';
import { useAnswer } from '../api/use-answer.ts';
import type { Filters } from './filters.ts';

/** VMs in a page. */
const size = 50;

/** The pages that were read so far of one list. */
interface Pages {
  readonly of: string;
  readonly vms: readonly Evaluated[];
  /** Where the page that is read now begins. */
  readonly cursor: string | undefined;
}

/** All VMs that were read, whether there are more, and the way to them. */
export interface VmPages {
  readonly vms: readonly Evaluated[];
  readonly next: string | null;
  readonly isLoading: boolean;
  readonly error?: ApiError | undefined;
  readonly more: () => void;
  readonly again: () => void;
}

/** The VMs that pass the filters, page after page; other filters begin anew. */
export function useVmPages(filters: Filters): VmPages {
  const of = JSON.stringify(filters);
  const [state, setState] = useState<Pages>({ of, vms: [], cursor: undefined });
  const before: Pages = state.of === of ? state : { of, vms: [], cursor: undefined };
  const { value, isLoading, error, again } = useAnswer(`${of} ${before.cursor ?? ''}`, (signal) =>
    api.vms({ ...filters, size, cursor: before.cursor }, signal),
  );
  const vms = [...before.vms, ...(value?.vms ?? [])];
  const next = value?.next ?? null;
  const more = () => next !== null && setState({ of, vms, cursor: next });
  return { vms, next, isLoading, error, more, again };
}
