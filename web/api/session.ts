import { useSyncExternalStore } from 'react';

const storageName = 'backstop-function-key';

/** Whether the API has refused the page so far, and how one gets in: by a function key, or by signing in. */
export type Refusal = 'none' | 'key' | 'sign-in';

let refusal: Refusal = 'none';
const listeners = new Set<() => void>();

function tell(next: Refusal): void {
  refusal = next;
  for (const listener of listeners) {
    listener();
  }
}

/** The function key of this tab, if there is one. It is never part of an address that is sent. */
export function functionKey(): string | null {
  return sessionStorage.getItem(storageName);
}

/** Keeps the key until the tab is closed, and lets the page ask anew. */
export function enterKey(key: string): void {
  sessionStorage.setItem(storageName, key);
  tell('none');
}

/** Forgets the key: the API did not take it, or there was none. */
export function refuse(by: Exclude<Refusal, 'none'>): void {
  sessionStorage.removeItem(storageName);
  tell(by);
}

/** Takes a key from `#key=...`, which browsers never send, and removes it from the address. */
export function takeKeyFromAddress(): void {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (key) {
    sessionStorage.setItem(storageName, key);
    history.replaceState(null, '', location.pathname + location.search);
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The state of the session, as a component sees it. */
export function useRefusal(): Refusal {
  return useSyncExternalStore(subscribe, () => refusal);
}
