import { useEffect, useState } from 'react';

import type { VmDetails } from '../api/client.ts';

const everyMs = 1_000;
/** After that the reader is not kept waiting; the page shows what is stored. */
const longestMs = 60_000;

/** Reads a VM again and again until its row is a newer one: it is being judged anew. */
export function useAwaitedRow(
  vm: VmDetails,
  onRead: () => void,
): { readonly isWaiting: boolean; readonly start: () => void } {
  const [from, setFrom] = useState<{ readonly evidenceAt: string; readonly revision: number }>();
  const isNewer = from !== undefined && (vm.revision !== from.revision || vm.evidenceAt !== from.evidenceAt);
  const isWaiting = from !== undefined && !isNewer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onRead` is another function each time it is drawn.
  useEffect(() => {
    if (!isWaiting) {
      return;
    }
    const timer = setInterval(onRead, everyMs);
    const end = setTimeout(() => setFrom(undefined), longestMs);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [isWaiting]);
  return { isWaiting, start: () => setFrom({ evidenceAt: vm.evidenceAt, revision: vm.revision }) };
}
