import { TableClient, type TableEntity, type TableEntityResult, type TransactionAction } from '@azure/data-tables';

import type { Connection } from './connection.ts';
import { deadline, retryOptions } from './connection.ts';

/** A row with its value as one JSON document; further properties are only there to be filtered on. */
export interface Row<T> {
  readonly partition: string;
  readonly key: string;
  readonly value: T;
  readonly columns?: Readonly<Record<string, string | number | boolean>>;
  readonly version?: string;
}

/** A table of JSON rows. Keys must not contain `/ \ # ?`. */
export interface JsonTable {
  find<T>(partition: string, key: string): Promise<Row<T> | undefined>;
  /** All rows that an OData filter selects, in the order of their keys, whatever the pages are. */
  rows<T>(filter: string): AsyncIterable<Row<T>>;
  /** Writes a row: under its version, as a new row (`insert`), or in any case (`replace`). False if somebody was first. */
  write(row: Row<unknown>, how: 'if-unchanged' | 'insert' | 'replace'): Promise<boolean>;
  /** Writes up to 100 rows of one partition, all or none; each under its version, new ones as new. */
  writeTogether(rows: readonly Row<unknown>[]): Promise<boolean>;
  /** Removes a row, if it still is what it was. */
  remove(partition: string, key: string, version: string): Promise<void>;
}

/** A property holds 32 K UTF-16 units: a document is cut into parts of less. */
const partLength = 30_000;
const rowsPerTransaction = 100;
/** A transaction holds 4 MiB with everything around its rows. */
const bytesPerTransaction = 3_500_000;

/** JSON without a character beyond ASCII: it can be cut anywhere, and its length is its size. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function toEntity({ partition, key, value, columns }: Row<unknown>): TableEntity {
  const json = asciiJson(value);
  const parts = Math.ceil(json.length / partLength);
  const entity: TableEntity = { partitionKey: partition, rowKey: key, ...columns, parts };
  for (let part = 0; part < parts; part += 1) {
    entity[`json${part}`] = json.slice(part * partLength, (part + 1) * partLength);
  }
  return entity;
}

function fromEntity<T>(entity: TableEntityResult<Record<string, unknown>>): Row<T> {
  const parts = Array.from({ length: Number(entity['parts']) }, (_, part) => String(entity[`json${part}`]));
  return {
    partition: entity.partitionKey ?? '',
    key: entity.rowKey ?? '',
    value: JSON.parse(parts.join('')) as T,
    version: entity.etag,
  };
}

/** Cuts rows of one partition into as many as may be written together. */
export function transactionsOf<T>(rows: readonly Row<T>[]): readonly (readonly Row<T>[])[] {
  const transactions: Row<T>[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const size = JSON.stringify(toEntity(row)).length;
    const last = transactions.at(-1);
    if (last && last.length < rowsPerTransaction && bytes + size <= bytesPerTransaction) {
      last.push(row);
      bytes += size;
    } else {
      transactions.push([row]);
      bytes = size;
    }
  }
  return transactions;
}

function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}

function codeOf(error: unknown): string | undefined {
  return (error as { details?: { odataError?: { code?: string } } }).details?.odataError?.code;
}

/** Conflict, precondition failed, or the row to be changed is no longer there: somebody else was first. */
function isOvertaken(error: unknown): boolean {
  const status = statusOf(error);
  return status === 409 || status === 412 || (status === 404 && codeOf(error) === 'ResourceNotFound');
}

function writing(row: Row<unknown>): TransactionAction {
  const entity = toEntity(row);
  return row.version ? ['update', entity, 'Replace', { etag: row.version }] : ['create', entity];
}

async function asked<T>(write: () => Promise<T>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isOvertaken(error)) {
      return false;
    }
    throw error;
  }
}

/** A table of the storage account, made when it is first used. */
export function createTable(uri: string, name: string, { credential }: Pick<Connection, 'credential'>): JsonTable {
  const client = new TableClient(uri, name, credential, { retryOptions });
  let creation: Promise<void> | undefined;

  /** A failed creation is tried again by the next use. */
  async function ready(): Promise<void> {
    creation ??= client.createTable({ abortSignal: deadline() });
    try {
      await creation;
    } catch (error) {
      creation = undefined;
      throw error;
    }
  }

  return {
    async find<T>(partition: string, key: string) {
      await ready();
      try {
        return fromEntity<T>(await client.getEntity(partition, key, { abortSignal: deadline() }));
      } catch (error) {
        if (statusOf(error) === 404) {
          return undefined;
        }
        throw error;
      }
    },
    async *rows<T>(filter: string) {
      await ready();
      for await (const entity of client.listEntities({ queryOptions: { filter } })) {
        yield fromEntity<T>(entity as TableEntityResult<Record<string, unknown>>);
      }
    },
    async write(row, how) {
      await ready();
      const entity = toEntity(row);
      switch (how) {
        case 'insert':
          return asked(() => client.createEntity(entity, { abortSignal: deadline() }));
        case 'replace':
          return asked(() => client.upsertEntity(entity, 'Replace', { abortSignal: deadline() }));
        case 'if-unchanged':
          return row.version
            ? asked(() => client.updateEntity(entity, 'Replace', { etag: row.version ?? '', abortSignal: deadline() }))
            : asked(() => client.createEntity(entity, { abortSignal: deadline() }));
        default: {
          const never: never = how;
          return never;
        }
      }
    },
    async writeTogether(rows) {
      await ready();
      return rows.length === 0 || asked(() => client.submitTransaction(rows.map(writing)));
    },
    async remove(partition, key, version) {
      await ready();
      await asked(() => client.deleteEntity(partition, key, { etag: version, abortSignal: deadline() }));
    },
  };
}
