import type { TableClient } from '@azure/data-tables';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { trustedCertificate } from '../../contract/trusted-certificate.ts';
import { type DisturbedStorage, startDisturbedStorage } from './disturbed-storage.ts';

const certificate = await trustedCertificate();
let storage: DisturbedStorage;
let number = 0;

beforeAll(async () => {
  storage = await startDisturbedStorage(certificate, 1800);
});

afterEach(() => storage.proxy.heal());

afterAll(() => storage?.stop());

/** A table with five rows, by its name. */
async function filledTable(): Promise<string> {
  number += 1;
  const name = `rows${number}`;
  const table = storage.table(name);
  await table.createTable();
  for (const key of ['a', 'b', 'c', 'd', 'e']) await table.createEntity(row(key));
  return name;
}

/** A queue of its own, by its name. */
async function emptyQueue(): Promise<string> {
  number += 1;
  const name = `queue-${number}`;
  await storage.queue(name).create();
  return name;
}

const row = (rowKey: string) => ({ partitionKey: 'p', rowKey, text: `ä'${rowKey}` });

async function keysOf(table: TableClient): Promise<readonly string[]> {
  const rows = await Array.fromAsync(table.listEntities({ queryOptions: { filter: "PartitionKey eq 'p'" } }));
  return rows.map(({ rowKey = '' }) => rowKey);
}

async function textsOf(queue: string): Promise<readonly string[]> {
  const { peekedMessageItems } = await storage.realQueue(queue).peekMessages({ numberOfMessages: 32 });
  return peekedMessageItems.map(({ messageText }) => messageText);
}

test('without faults the real clients notice nothing: rows, transactions, versions, pages and errors', async () => {
  const name = await filledTable();
  const table = storage.table(name);

  await table.submitTransaction([
    ['create', row('f')],
    ['update', { ...row('a'), text: 'new' }, 'Replace'],
  ]);
  const pages = await Array.fromAsync(table.listEntities().byPage({ maxPageSize: 4 }));

  expect(pages.map((page) => page.map(({ rowKey }) => rowKey))).toEqual([
    ['a', 'b', 'c', 'd'],
    ['e', 'f'],
  ]);
  const stored = await storage.realTable(name).getEntity('p', 'b');
  expect(await table.getEntity('p', 'b')).toEqual({ ...stored, 'odata.metadata': expect.any(String) });
  await expect(table.createEntity(row('a'))).rejects.toMatchObject({ statusCode: 409 });
  await expect(table.updateEntity(row('a'), 'Replace', { etag: `W/"datetime'2020'"` })).rejects.toMatchObject({
    statusCode: 412,
  });
  await expect(table.getEntity('p', 'z')).rejects.toMatchObject({
    statusCode: 404,
    details: { odataError: { code: 'ResourceNotFound' } },
  });
  expect(storage.proxy.hits).toEqual([]);
});

test('without faults messages go in and out unchanged, and can be deleted', async () => {
  const queue = storage.queue(await emptyQueue());
  const text = '{"vm":"ä & <b>"}';

  await queue.sendMessage(text);
  const [message] = (await queue.receiveMessages({ numberOfMessages: 32 })).receivedMessageItems;
  expect(message?.messageText).toBe(text);
  await queue.deleteMessage(message?.messageId ?? '', message?.popReceipt ?? '');

  expect((await queue.getProperties()).approximateMessagesCount).toBe(0);
});

test.each([
  ['429 without a word on when', 429, undefined],
  ['503 with Retry-After', 503, 7],
] as const)('a refusal (%s) is seen by the real clients, and storage knows nothing of it', async (_, status, wait) => {
  const [name, queue] = [await filledTable(), await emptyQueue()];
  const trouble = { kind: 'refused', status, ...(wait === undefined ? {} : { retryAfterSeconds: wait }) } as const;
  storage.proxy.faults({ method: 'POST', trouble });

  const refusedRow: unknown = await storage.table(name).createEntity(row('f')).catch(seen);
  const refusedMessage: unknown = await storage.queue(queue).sendMessage('text').catch(seen);

  const expected = { statusCode: status, retryAfter: wait === undefined ? undefined : String(wait) };
  expect(refusedRow).toMatchObject(expected);
  expect(refusedMessage).toMatchObject(expected);
  expect(await keysOf(storage.realTable(name))).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(await textsOf(queue)).toEqual([]);
});

interface Refused {
  readonly statusCode?: number;
  readonly response?: { readonly headers: { get(name: string): string | undefined } };
}

const seen = ({ statusCode, response }: Refused) => ({
  statusCode,
  retryAfter: response?.headers.get('retry-after'),
});

test('a connection that is cut before storage has the request leaves no trace; afterwards the write has happened', async () => {
  const name = await filledTable();
  const table = storage.table(name);
  storage.proxy.faults({ service: 'table', times: 1, trouble: { kind: 'cut', isDone: false } });
  storage.proxy.faults({ service: 'table', times: 1, trouble: { kind: 'cut', isDone: true } });

  await expect(table.createEntity(row('before'))).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect(table.createEntity(row('done'))).rejects.toMatchObject({ code: 'ECONNRESET' });

  expect(await keysOf(storage.realTable(name))).toEqual(['a', 'b', 'c', 'd', 'done', 'e']);
});

test('the real table client, which repeats what was lost, is told that its own row is there already', async () => {
  const table = storage.table(await filledTable(), 3);
  storage.proxy.faults({ service: 'table', times: 1, trouble: { kind: 'cut', isDone: true } });

  await expect(table.createEntity(row('f'))).rejects.toMatchObject({ statusCode: 409 });
});

test('empty pages lead to all rows, however many come in a row', async () => {
  const name = await filledTable();
  storage.proxy.faults({ times: 3, trouble: { kind: 'empty-page' } });

  const pages = await Array.fromAsync(storage.table(name).listEntities().byPage({ maxPageSize: 4 }));

  expect(pages.map((page) => page.length)).toEqual([0, 0, 0, 4, 1]);
  expect(storage.proxy.hits.filter(({ trouble }) => trouble.kind === 'empty-page')).toHaveLength(3);
});

test('a message that is sent twice arrives as two', async () => {
  const queue = await emptyQueue();
  storage.proxy.faults({ method: 'POST', url: new RegExp(`/${queue}/messages`), trouble: { kind: 'twice' } });

  await storage.queue(queue).sendMessage('text');

  expect(await textsOf(queue)).toEqual(['text', 'text']);
});

test('a message for later is seen so many times sooner as was asked for', async () => {
  const queue = await emptyQueue();

  await storage.queue(queue).sendMessage('text', { visibilityTimeout: 1800 });

  expect(await textsOf(queue)).toEqual([]);
  await expect.poll(() => textsOf(queue), { timeout: 10_000 }).toEqual(['text']);
});

test('a late answer is the right one', async () => {
  const name = await filledTable();
  storage.proxy.faults({ method: 'GET', times: 1, trouble: { kind: 'late', ms: 30 } });

  expect(await keysOf(storage.table(name))).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('bursts come at the same moments for the same seed, in their length, and faults of one service spare the other', async () => {
  const table = storage.realTable(await filledTable());
  const disturbed = storage.table(table.tableName);
  async function outcomes(seed: number): Promise<string> {
    storage.proxy.faults({
      service: 'table',
      bursts: { seed, oneIn: 8, length: 3 },
      trouble: { kind: 'refused', status: 503 },
    });
    let marks = '';
    for (let round = 0; round < 40; round += 1) {
      marks += await disturbed.getEntity('p', 'a').then(
        () => '.',
        () => 'x',
      );
    }
    storage.proxy.heal();
    return marks;
  }

  const first = await outcomes(1);

  expect(first).toMatch(/\.xxx/);
  expect(first.replace(/x{1,2}$/, '')).toMatch(/^(\.|xxx)+$/);
  expect(await outcomes(1)).toBe(first);
  expect(await outcomes(2)).not.toBe(first);
});

test('a fault may hold for one request and its repetitions only', async () => {
  const table = storage.table(await filledTable());
  storage.proxy.faults({ onlyRepetitions: true, times: 2, spared: 1, trouble: { kind: 'refused', status: 500 } });
  const ask = (key: string) =>
    table.getEntity('p', key).then(
      () => key,
      () => 'x',
    );

  const answers = [await ask('a'), await ask('b'), await ask('c'), await ask('b'), await ask('b')];

  expect(answers).toEqual(['a', 'x', 'c', 'x', 'b']);
});
