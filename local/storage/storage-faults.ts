import { FaultOccasions, type Occasions } from '../fault-occasions.ts';

export type StorageService = 'blob' | 'queue' | 'table';

/** A request as faults select it: with the path and query as they were sent. */
export interface StorageRequest {
  readonly service: StorageService;
  readonly method: string;
  readonly url: string;
  readonly body: Buffer;
}

/** What happens to a request on its way to storage and back. */
type StorageTrouble =
  /** Storage refuses it, unseen by Azurite. */
  | { readonly kind: 'refused'; readonly status: 429 | 500 | 503; readonly retryAfterSeconds?: number }
  /** The connection is cut before storage has the request, or when it has done what was asked: then the answer is lost. */
  | { readonly kind: 'cut'; readonly isDone: boolean }
  /** A list answers with a page without rows, whose continuation leads to the right page. Other requests are spared. */
  | { readonly kind: 'empty-page' }
  /** Storage gets it twice at the same time, as from a client that repeats it; the first answer is the one given. */
  | { readonly kind: 'twice' }
  | { readonly kind: 'late'; readonly ms: number };

/** Trouble for some of the requests to storage. */
export interface StorageFault extends Occasions {
  /** Any if left out; the same for the next two. */
  readonly service?: StorageService;
  readonly method?: string;
  readonly url?: RegExp;
  readonly trouble: StorageTrouble;
}

const list = /\(\)(?:\?|$)/;

function fits({ service, method, url, trouble }: StorageFault, request: StorageRequest): boolean {
  return (
    (service ?? request.service) === request.service &&
    (method ?? request.method) === request.method &&
    (url === undefined || request.url.search(url) >= 0) &&
    (trouble.kind !== 'empty-page' || (request.method === 'GET' && list.test(request.url)))
  );
}

/** The faults in force; the first that hits a request decides. */
export class StorageFaults {
  /** Every fault once for each request that it hit, in their order. */
  readonly hits: StorageFault[] = [];
  #faults: { readonly fault: StorageFault; readonly occasions: FaultOccasions }[] = [];

  add(fault: StorageFault): void {
    this.#faults.push({ fault, occasions: new FaultOccasions(fault) });
  }

  /** From now on everything passes. */
  clear(): void {
    this.#faults = [];
  }

  /** The trouble that a request is in for, counted as a hit. */
  take(request: StorageRequest): StorageTrouble | undefined {
    const { service, method, url, body } = request;
    const whole = (): string => `${service} ${method} ${url} ${body.toString('latin1')}`;
    const hit = this.#faults.find(({ fault, occasions }) => fits(fault, request) && occasions.hits(whole()))?.fault;
    if (hit !== undefined) this.hits.push(hit);
    return hit?.trouble;
  }
}
