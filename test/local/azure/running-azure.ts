import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup';
import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpMethods,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { onTestFinished } from 'vitest';
import * as z from 'zod';

import { type Certificate, makeCertificate } from '../../../local/azure/certificate.ts';
import {
  type SimulatedAzure,
  type SimulatedAzureOptions,
  startSimulatedAzure,
} from '../../../local/azure/simulated-azure.ts';
import { estateNow, smallEstate, subscriptionId } from './small-estate.ts';

/** The real clients, pointed at a simulated Azure that lives as long as the test. */
export interface RunningAzure {
  readonly azure: SimulatedAzure;
  readonly certificate: Certificate;
  readonly graph: ResourceGraphClient;
  readonly backup: RecoveryServicesBackupClient;
  send(method: HttpMethods, path: string, body?: unknown): Promise<Answer>;
  query(text: string, scope?: { subscriptions?: string[]; managementGroups?: string[] }): Promise<Row[]>;
}

export interface Answer {
  readonly status: number;
  readonly headers: PipelineResponse['headers'];
  readonly body: unknown;
}

const Page = z.looseObject({
  value: z.array(z.looseObject({ id: z.string().optional(), name: z.unknown() })),
  nextLink: z.string().optional(),
});

/** The entries of a list's page and the link to the next one. Fails for what is no list. */
export function pageOf(answer: Answer): z.infer<typeof Page> {
  return Page.parse(answer.body);
}

const Refusal = z.looseObject({ error: z.looseObject({ code: z.string(), message: z.string() }) });

/** Code and message of a refusal. Fails for what is none. */
export function refusalOf(answer: Answer): { readonly code: string; readonly message: string } {
  return Refusal.parse(answer.body).error;
}

export type Row = Readonly<Record<string, unknown>>;

const credential = { getToken: async () => ({ token: 'any', expiresOnTimestamp: Date.now() + 3_600_000 }) };

/** Starts the small estate unless told otherwise; no lag, no retries. */
export async function runAzure(options: Partial<SimulatedAzureOptions> = {}): Promise<RunningAzure> {
  const dir = mkdtempSync(join(tmpdir(), 'simulated-azure-'));
  const certificate = await makeCertificate(dir);
  const azure = await startSimulatedAzure({
    estate: smallEstate(),
    certificate,
    now: () => estateNow,
    lagMs: 0,
    ...options,
  });
  onTestFinished(async () => {
    await azure.close();
    rmSync(dir, { recursive: true });
  });
  const client = { endpoint: azure.armUrl, tlsOptions: { ca: certificate.cert }, retryOptions: { maxRetries: 0 } };
  const graph = new ResourceGraphClient(credential, client);
  const pipeline = createPipelineFromOptions(client);
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: 'https://management.azure.com/.default' }));
  const http = createDefaultHttpClient();
  return {
    azure,
    certificate,
    graph,
    backup: new RecoveryServicesBackupClient(credential, subscriptionId, client),
    send: async (method, path, body) => {
      const version = path.includes('api-version=') ? '' : `${path.includes('?') ? '&' : '?'}api-version=2026-04-01`;
      const url = path.startsWith('https:') ? path : `${azure.armUrl}${path}${version}`;
      const headers = createHttpHeaders({ 'content-type': 'application/json' });
      const request = createPipelineRequest({
        url,
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const response = await pipeline.sendRequest(http, request);
      return {
        status: response.status,
        headers: response.headers,
        body: response.bodyAsText ? JSON.parse(response.bodyAsText) : undefined,
      };
    },
    query: async (text, scope = {}) => {
      const answer = await graph.resources({
        query: text,
        ...scope,
        options: { resultFormat: 'objectArray', top: 1000 },
      });
      return answer.data as Row[];
    },
  };
}
