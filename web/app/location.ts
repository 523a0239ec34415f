import { useSyncExternalStore } from 'react';

/** Where the page is served. */
const base = '/api/dashboard';

/** The names of the page's views as they stand in addresses. */
export type ViewName = 'posture' | 'vms' | 'exemptions' | 'sweeps' | 'rules';

/** A place in the dashboard: the parts of the path behind its base, and the query. */
export interface Place {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

const changed = 'backstop-navigated';

/** The address of a view or of one thing in it; names become one part of the path whatever they contain. */
export function addressOf(view: ViewName, part?: string, query: Readonly<Record<string, string>> = {}): string {
  const path = view === 'posture' ? base : `${base}/${view}`;
  const search = new URLSearchParams(query).toString();
  return path + (part === undefined ? '' : `/${encodeURIComponent(part)}`) + (search && `?${search}`);
}

/** Goes to an address of the dashboard, or replaces the one that is shown. */
export function navigate(address: string, how: 'push' | 'replace' = 'push'): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', address);
  dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(changed, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(changed, listener);
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The place that is shown now. */
export function usePlace(): Place {
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const { pathname, searchParams } = new URL(address, location.origin);
  const path = pathname.slice(base.length).split('/').filter(Boolean).map(decoded);
  return { path, query: searchParams };
}
