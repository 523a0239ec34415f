import { TableClient } from '@azure/data-tables';
import * as z from 'zod';

import type { Neighbourhood } from '../../local/neighbourhood.ts';

const Token = z.looseObject({ access_token: z.string() });

/** When each row of the table `vms` was last written, by its key, in milliseconds since 1970: the storage's own time stamp. */
export async function writtenAt({ storage, azure, certificate }: Neighbourhood): Promise<ReadonlyMap<string, number>> {
  const credential = {
    async getToken() {
      const url = `${azure.identityEndpoint}?api-version=2019-08-01&resource=https://storage.azure.com`;
      const answer = await fetch(url, { headers: { 'x-identity-header': azure.identityHeader } });
      const { access_token: token } = Token.parse(await answer.json());
      return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
  const client = new TableClient(storage.tableServiceUri, 'vms', credential, { tlsOptions: { ca: certificate } });
  const rows = new Map<string, number>();
  const select = ['RowKey', 'Timestamp'];
  for await (const { rowKey, timestamp } of client.listEntities({ queryOptions: { select } })) {
    rows.set(rowKey ?? '', Date.parse(timestamp ?? ''));
  }
  return rows;
}
