import type { Random } from '../estates/random.ts';
import { type ArmAnswer, ArmError } from './arm-error.ts';
import { azureInstant } from './azure-instant.ts';
import type { Route } from './route.ts';

/** How an operation of Azure Backup ends: with a change, or with an error that its status tells. */
export type Ending =
  | { readonly kind: 'done'; readonly apply: () => void; readonly jobId?: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

interface Operation {
  readonly id: string;
  readonly on: string;
  readonly startedAt: Date;
  readonly dueAt: number;
  readonly ending: Ending;
  endedAt?: Date;
}

export interface BackupOperationsOptions {
  readonly armUrl: string;
  readonly random: Random;
  readonly now: () => Date;
  /** How long an operation takes, on the clock below. */
  readonly durationMs: number;
  readonly clock: () => number;
  /** What a client is told to wait between its questions. */
  readonly retryAfterSeconds: number;
}

/** An api-version of its own, as in Azure: pollers have to take the URL as it is. */
const version = 'api-version=2016-12-01';

/**
 * The long-running operations of Azure Backup: their effect comes when they end, whether anybody asks or not. The kinds of
 * operations (items, policies, vaults) have their own addresses, all below the resource.
 */
export class BackupOperations {
  readonly #options: BackupOperationsOptions;
  readonly #operations = new Map<string, Operation>();

  constructor(options: BackupOperationsOptions) {
    this.#options = options;
  }

  /** Ends what is due. To be called before anything is answered. */
  settle(): void {
    for (const operation of this.#operations.values()) {
      if (operation.endedAt === undefined && operation.dueAt <= this.#options.clock()) {
        operation.endedAt = this.#options.now();
        if (operation.ending.kind === 'done') operation.ending.apply();
      }
    }
  }

  /** Whether an operation on a resource is under way; Azure takes no second one then. */
  isBusy(resource: string): boolean {
    return [...this.#operations.values()].some(
      ({ on, endedAt }) => endedAt === undefined && on.toLowerCase() === resource.toLowerCase(),
    );
  }

  /** Starts an operation; the answer says where to ask for it. */
  start(resource: string, ending: Ending, durationMs = this.#options.durationMs): ArmAnswer {
    const { armUrl, random, now, clock, retryAfterSeconds } = this.#options;
    const id = random.guid();
    this.#operations.set(id, { id, on: resource, startedAt: now(), dueAt: clock() + durationMs, ending });
    this.settle();
    return {
      status: 202,
      headers: {
        'azure-asyncoperation': `${armUrl}${resource}/operationsStatus/${id}?${version}`,
        location: `${armUrl}${resource}/operationResults/${id}?${version}`,
        'retry-after': String(retryAfterSeconds),
      },
    };
  }

  /** Where operations are asked about. */
  get routes(): readonly Route[] {
    const path = (kind: string) => new RegExp(`/providers/Microsoft\\.RecoveryServices/.*/${kind}/(?<id>[^/]+)$`, 'i');
    return [
      { method: 'GET', path: path('operationsStatus'), answer: (_, part) => this.#status(part('id')) },
      { method: 'GET', path: path('operationResults'), answer: (_, part) => this.#result(part('id')) },
    ];
  }

  #find(id: string): Operation {
    const operation = this.#operations.get(id);
    if (operation === undefined) throw new ArmError(404, 'NotFound', `Operation ${id} was not found.`);
    return operation;
  }

  #status(id: string): ArmAnswer {
    const { startedAt, endedAt, ending } = this.#find(id);
    const body = { id, name: id, startTime: azureInstant(startedAt) };
    if (endedAt === undefined) return { status: 200, body: { ...body, status: 'InProgress' } };
    const ended = { ...body, endTime: azureInstant(endedAt) };
    if (ending.kind === 'failed') {
      const { code, message } = ending;
      return { status: 200, body: { ...ended, status: 'Failed', error: { code, message } } };
    }
    const properties = { objectType: 'OperationStatusJobExtendedInfo', jobId: ending.jobId ?? id };
    return { status: 200, body: { ...ended, status: 'Succeeded', properties } };
  }

  #result(id: string): ArmAnswer {
    const { endedAt } = this.#find(id);
    return { status: endedAt === undefined ? 202 : 204 };
  }
}
