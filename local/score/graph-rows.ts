import { request } from 'node:https';

import * as z from 'zod';

import type { Neighbourhood } from '../neighbourhood.ts';
import type { ItemRow, VmRow } from './naive.ts';

const Token = z.object({ access_token: z.string() });
const page = <T extends z.ZodType>(row: T) => z.object({ data: z.array(row), $skipToken: z.string().optional() });

const vmQuery = `resources
| where type =~ 'microsoft.compute/virtualmachines'
| project id, name
| order by id asc`;

const itemQuery = `recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems'
| where properties.backupManagementType =~ 'AzureIaasVM'
| project id, sourceResourceId = tostring(properties.sourceResourceId)
| order by id asc`;

type Azure = Pick<Neighbourhood, 'azure' | 'certificate'>;

async function tokenFor({ azure }: Azure): Promise<string> {
  const url = `${azure.identityEndpoint}?api-version=2019-08-01&resource=https://management.azure.com`;
  const answer = await fetch(url, { headers: { 'x-identity-header': azure.identityHeader } });
  return Token.parse(await answer.json()).access_token;
}

function post({ azure, certificate }: Azure, token: string, body: object): Promise<unknown> {
  const url = `${azure.armUrl}/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers, ca: certificate }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`Resource Graph answered ${response.statusCode}: ${text.slice(0, 300)}`));
      });
    });
    call.on('error', reject);
    call.end(JSON.stringify(body));
  });
}

async function rowsOf<T extends z.ZodType>(azure: Azure, query: string, row: T): Promise<z.infer<T>[]> {
  const token = await tokenFor(azure);
  const rows: z.infer<T>[] = [];
  for (let skipToken: string | undefined; ; ) {
    const options = { resultFormat: 'objectArray', ...(skipToken && { $skipToken: skipToken }) };
    const answer = page(row).parse(await post(azure, token, { query, options }));
    rows.push(...answer.data);
    skipToken = answer.$skipToken;
    if (skipToken === undefined) return rows;
  }
}

/** What anybody with a query would see: VMs and protected items as Resource Graph lists them. */
export async function readGraphRows(
  azure: Azure,
): Promise<{ readonly vms: readonly VmRow[]; readonly items: readonly ItemRow[] }> {
  const vms = await rowsOf(azure, vmQuery, z.object({ id: z.string(), name: z.string() }));
  const items = await rowsOf(azure, itemQuery, z.object({ sourceResourceId: z.string() }));
  return { vms, items };
}
