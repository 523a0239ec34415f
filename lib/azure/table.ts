import { TableClient, type TableEntity, type TableEntityResult, type TransactionAction } from '@azure/data-tables';

import type { Connection } from './connection.ts';
import { deadline, retryOptions } from './connection.ts';

/** A row with its value as one JSON document; further properties are only there to be filtered on. */
export interface Row<T> {
  readonly partition: string;
  readonly key: string;
  readonly value: T;
  /** A part of the value that is small and can be read without the rest: it is stored for itself, and is not repeated. */
  readonly head?: unknown;
  readonly columns?: Readonly<Record<string, string | number | boolean>>;
  /** Absent: it is to be a new row. `*` (in a transaction): it takes the place of whatever is stored. */
  readonly version?: string;
}

/** The head of a row; it stays a text until it is read, as there may be many thousands, and objects take several times as much. */
export interface Head<H> {
  readonly key: string;
  readonly version?: string;
  read(): H;
}

/** Rows to be removed. */
interface Removed {
  readonly partition: string;
  readonly keys: readonly string[];
}

/** A table of JSON rows. Keys must not contain `/ \ # ?`. */
export interface JsonTable {
  find<T>(partition: string, key: string): Promise<Row<T> | undefined>;
  /** All rows that an OData filter selects, in the order of their keys, whatever the pages are; `pageSize`: rows to ask for at once. */
  rows<T>(filter: string, pageSize?: number): AsyncIterable<Row<T>>;
  /** The heads of all rows that an OData filter selects. */
  heads<H>(filter: string): AsyncIterable<Head<H>>;
  /** Writes a row: under its version, as a new row (`insert`), or in any case (`replace`). False if somebody was first. */
  write(row: Row<unknown>, how: 'if-unchanged' | 'insert' | 'replace'): Promise<boolean>;
  /**
   * Writes up to 100 rows of one partition, all or none; each under its version, new ones as new. `removed`: keys of rows that
   * are removed with it, which have to be there; they count among the 100.
   */
  writeTogether(rows: readonly Row<unknown>[], removed?: Removed): Promise<boolean>;
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

/** A document as properties: `name0`, `name1` ... */
function partsOf(name: string, value: unknown): Readonly<Record<string, string>> {
  const json = asciiJson(value);
  const parts = Array.from({ length: Math.ceil(json.length / partLength) }, (_, part) => [
    `${name}${part}`,
    json.slice(part * partLength, (part + 1) * partLength),
  ]);
  return Object.fromEntries(parts);
}

/** The text of the document that properties hold; empty if there is none. */
function textOf(name: string, entity: Entity): string {
  const parts: string[] = [];
  while (typeof entity[`${name}${parts.length}`] === 'string') {
    parts.push(String(entity[`${name}${parts.length}`]));
  }
  return parts.join('');
}

/** The document that properties hold; `undefined` if there is none. */
function documentOf(name: string, entity: Entity): unknown {
  const text = textOf(name, entity);
  return text === '' ? undefined : JSON.parse(text);
}

/** Heads are small: so many parts are asked for, and a row with more is refused. */
const headParts = ['head0', 'head1', 'head2', 'head3'];

function toEntity({ partition, key, value, head, columns }: Row<unknown>): TableEntity {
  const headed = head === undefined ? {} : partsOf('head', head);
  if (Object.keys(headed).length > headParts.length) {
    throw new Error(`The head of a row is larger than ${headParts.length * partLength} characters.`);
  }
  return { partitionKey: partition, rowKey: key, ...columns, ...headed, ...partsOf('json', value) };
}

type Entity = TableEntityResult<Record<string, unknown>>;

function asRow<T>(entity: Entity, value: T): Row<T> {
  return { partition: entity.partitionKey ?? '', key: entity.rowKey ?? '', value, version: entity.etag };
}

/** The value with its head, if it is stored in two parts. */
function fromEntity<T>(entity: Entity): Row<T> {
  const value = documentOf('json', entity);
  const head = documentOf('head', entity);
  return asRow<T>(entity, (head === undefined ? value : { ...head, ...(value as object) }) as T);
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
  if (row.version === '*') {
    return ['upsert', entity, 'Replace'];
  }
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
    async *rows<T>(filter: string, pageSize = 1000) {
      await ready();
      const pages = client.listEntities<Record<string, unknown>>({ queryOptions: { filter } });
      for await (const page of pages.byPage({ maxPageSize: pageSize })) {
        for (const entity of page) {
          yield fromEntity<T>(entity);
        }
      }
    },
    async *heads<H>(filter: string) {
      await ready();
      const select = ['PartitionKey', 'RowKey', ...headParts];
      for await (const entity of client.listEntities<Record<string, unknown>>({ queryOptions: { filter, select } })) {
        const text = textOf('head', entity);
        const version = entity.etag;
        yield { key: entity.rowKey ?? '', ...(version ? { version } : {}), read: () => JSON.parse(text) as H };
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
    async writeTogether(rows, { partition, keys } = { partition: '', keys: [] }) {
      await ready();
      const removing = keys.map((rowKey): TransactionAction => ['delete', { partitionKey: partition, rowKey }]);
      const actions = [...rows.map(writing), ...removing];
      return actions.length === 0 || asked(() => client.submitTransaction(actions));
    },
    async remove(partition, key, version) {
      await ready();
      await asked(() => client.deleteEntity(partition, key, { etag: version, abortSignal: deadline() }));
    },
  };
}
