import type { AuthLevel } from '../app/bindings.ts';
import { type Call, queryValue } from './call.ts';

/** The keys of the app: one master key, one host key for functions, and the system key `eventgrid_extension`. */
export interface Keys {
  readonly master: string;
  readonly function: string;
  readonly eventGrid: string;
}

/** What a call may do: reach an http function of an auth level, the admin API, or the Event Grid webhook. */
export type Access = AuthLevel | 'eventGrid';

/** Whether the key that came with the call opens this. A wrong key does not close what is open to all. */
export function mayAccess(call: Call, access: Access, keys: Keys): boolean {
  const key = presentedKey(call);
  switch (access) {
    case 'anonymous':
      return true;
    case 'function':
      return key === keys.function || key === keys.master;
    case 'eventGrid':
      return key === keys.eventGrid || key === keys.master;
    case 'admin':
      return key === keys.master;
  }
}

/** The header wins over the query, even when it holds a wrong key. */
function presentedKey(call: Call): string | undefined {
  return call.headers['x-functions-key'] ?? queryValue(call.url, 'code');
}
