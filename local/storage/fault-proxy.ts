import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request as httpsRequest, type Server } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';

import type { Certificate } from '../azure/certificate.ts';
import { listenOnLoopback, stopServer } from '../azure/listen.ts';
import type { Storage } from './azurite.ts';
import { emptyPage, refusal, type StorageAnswer, withoutEmptyPages } from './storage-answers.ts';
import { type StorageFault, StorageFaults, type StorageRequest, type StorageService } from './storage-faults.ts';

/** Azurite behind something that can go wrong. Without faults it passes everything on as it came. */
export interface FaultProxy extends Omit<Storage, 'child'> {
  faults(fault: StorageFault): void;
  /** Ends all faults. */
  heal(): void;
  /** Every fault once for each request that it hit. */
  readonly hits: readonly StorageFault[];
  close(): Promise<void>;
}

export interface FaultProxyOptions {
  readonly storage: Omit<Storage, 'child'>;
  readonly certificate: Pick<Certificate, 'cert' | 'key'>;
  /** Messages that are sent to be seen later are seen so many times sooner: no test waits for half an hour. Default 1. */
  readonly hurry?: number;
}

/** Connections belong to one hop; a body that is passed on as a whole is no longer chunked. */
const ofOneHop = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/**
 * Starts the proxy on three free ports of its own, with https and the same certificate as Azurite. Tokens are not bound to an
 * address, so every request stays valid.
 */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { storage, certificate, hurry = 1 } = options;
  const faults = new StorageFaults();
  const agent = new Agent({ keepAlive: true, ca: certificate.cert });
  const servers: Server[] = [];

  async function listen(service: StorageService, target: string): Promise<string> {
    const { origin, pathname } = new URL(target);
    const server = createServer(certificate, (request, response) => {
      serve({ service, origin, agent, faults, hurry }, request, response).catch(() => response.destroy());
    });
    servers.push(server);
    return `https://127.0.0.1:${await listenOnLoopback(server, 0)}${pathname}`;
  }

  return {
    blobServiceUri: await listen('blob', storage.blobServiceUri),
    queueServiceUri: await listen('queue', storage.queueServiceUri),
    tableServiceUri: await listen('table', storage.tableServiceUri),
    faults: (fault) => faults.add(fault),
    heal: () => faults.clear(),
    hits: faults.hits,
    async close() {
      await Promise.all(servers.map((server) => stopServer(server)));
      agent.destroy();
    },
  };
}

interface Way {
  readonly service: StorageService;
  readonly origin: string;
  readonly agent: Agent;
  readonly faults: StorageFaults;
  readonly hurry: number;
}

async function serve(way: Way, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { service, faults, hurry } = way;
  const { method = 'GET', url = '/' } = incoming;
  const asked: StorageRequest = { service, method, url, body: await bytesOf(incoming) };
  const meant = { ...asked, url: hurried(withoutEmptyPages(url), method, hurry) };
  const pass = (): Promise<StorageAnswer> => forward(way, meant, incoming.rawHeaders);
  const trouble = faults.take(asked);
  switch (trouble?.kind) {
    case undefined:
      return answer(response, await pass());
    case 'refused':
      return answer(response, refusal(service, trouble.status, trouble.retryAfterSeconds));
    case 'empty-page':
      return answer(response, emptyPage(url));
    case 'late':
      await wait(trouble.ms, undefined, { ref: false });
      return answer(response, await pass());
    case 'twice': {
      const [first] = await Promise.all([pass(), pass()]);
      return answer(response, first);
    }
    case 'cut':
      if (trouble.isDone) await pass();
      response.destroy();
      return;
    default: {
      const never: never = trouble;
      return never;
    }
  }
}

/** The address with the delay of a message that is sent, in whole seconds, divided. */
function hurried(url: string, method: string, hurry: number): string {
  if (method !== 'POST') return url;
  return url.replace(/(?<=[?&]visibilitytimeout=)\d+/i, (seconds) => String(Math.ceil(Number(seconds) / hurry)));
}

function forward(
  { origin, agent }: Way,
  { method, url, body }: StorageRequest,
  headers: readonly string[],
): Promise<StorageAnswer> {
  return new Promise((resolve, reject) => {
    const call = httpsRequest(`${origin}${url}`, { method, agent, headers: endToEnd(headers) }, (answered) => {
      const { statusCode = 502, rawHeaders } = answered;
      const whole = (bytes: Buffer): void =>
        resolve({ status: statusCode, headers: endToEnd(rawHeaders), body: bytes });
      bytesOf(answered).then(whole, reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

function endToEnd(rawHeaders: readonly string[]): string[] {
  const isKept = (_: string, at: number): boolean => !ofOneHop.has((rawHeaders[at - (at % 2)] ?? '').toLowerCase());
  return rawHeaders.filter(isKept);
}

function answer(response: ServerResponse, { status, headers, body }: StorageAnswer): void {
  response.writeHead(status, [...headers]);
  response.end(body);
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
