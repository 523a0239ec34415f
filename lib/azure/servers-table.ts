import { odata } from '@azure/data-tables';

import type { Confirmation } from '../domain/confirmation.ts';
import type { JudgedServer, ServerChange, ServerSurvey } from '../use-cases/judged-server.ts';
import type { Stored } from '../use-cases/ports.ts';
import type { Servers } from '../use-cases/server-ports.ts';
import { descending } from './descending.ts';
import type { JsonTable, Row } from './table.ts';

/** There are few servers: they share a partition, in which one row each holds the server and others its changes. */
const servers = 'servers';
const confirmed = 'confirmations';
const surveys = 'surveys';
const latest = 'latest';

const serverRow = (serverKey: string) => `server-${serverKey}`;
const changeRows = (serverKey: string) => `change-${serverKey}-`;
const confirmationRows = (serverKey: string) => `${serverKey}-`;
const revisionDigits = 8;

/** What is no key has no row, and might hold what a key must not. */
const keyForm = /^[0-9a-f]{20}$/;

function stored<T>({ value, version }: Row<T>): Stored<T> {
  return version ? { value, version } : { value };
}

/** Table `servers`. */
export function createServers(table: JsonTable): Servers {
  /** Values of the rows of a partition whose keys begin so. */
  async function rows<T>(partition: string, begins: string, limit = Number.POSITIVE_INFINITY): Promise<Row<T>[]> {
    const found: Row<T>[] = [];
    const filter = odata`PartitionKey eq ${partition} and RowKey ge ${begins} and RowKey lt ${`${begins}~`}`;
    for await (const row of table.rows<T>(filter)) {
      found.push(row);
      if (found.length >= limit) {
        break;
      }
    }
    return found;
  }

  return {
    async all() {
      return (await rows<JudgedServer>(servers, 'server-')).map(stored);
    },
    async find(serverKey) {
      const row = keyForm.test(serverKey) ? await table.find<JudgedServer>(servers, serverRow(serverKey)) : undefined;
      return row && stored(row);
    },
    write({ value, version }, change) {
      const { serverKey } = value;
      const row = { partition: servers, key: serverRow(serverKey), value, ...(version ? { version } : {}) };
      const key = change && `${changeRows(serverKey)}${descending(change.revision, revisionDigits)}`;
      return table.writeTogether([row, ...(key ? [{ partition: servers, key, value: change, version: '*' }] : [])]);
    },
    async changesOf(serverKey, limit) {
      return (await rows<ServerChange>(servers, changeRows(serverKey), limit)).map(({ value }) => value);
    },
    async confirmations(serverKey) {
      const begins = serverKey === undefined ? '' : confirmationRows(serverKey);
      return (await rows<Confirmation>(confirmed, begins)).map(({ value }) => value);
    },
    async confirm(value) {
      const key = `${confirmationRows(value.serverKey)}${value.confirmationId}`;
      await table.write({ partition: confirmed, key, value }, 'insert');
    },
    async survey() {
      return (await table.find<ServerSurvey>(surveys, latest))?.value;
    },
    async noteSurvey(value) {
      await table.write({ partition: surveys, key: latest, value }, 'replace');
    },
  };
}
