import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

import { listenOnLoopback, stopServer } from './listen.ts';

/** The managed identity of an app in App Service, as its process finds it in the environment. */
export interface ManagedIdentity {
  readonly endpoint: string;
  readonly header: string;
  close(): Promise<void>;
}

export interface Principal {
  readonly tenantId: string;
  readonly objectId: string;
}

const path = '/msi/token';
const apiVersion = '2019-08-01';
const tokenLifetimeSeconds = 24 * 3600;

/** Starts the token endpoint of App Service (protocol 2019-08-01). */
export async function startManagedIdentity(principal: Principal): Promise<ManagedIdentity> {
  const header = randomUUID();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const answer =
      request.headers['x-identity-header'] === header
        ? tokenAnswer(url, principal)
        : { status: 401, body: { statusCode: 401, message: 'The X-IDENTITY-HEADER is missing or wrong.' } };
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(answer.body));
  });
  const port = await listenOnLoopback(server, 0);
  return { endpoint: `http://127.0.0.1:${port}${path}`, header, close: () => stopServer(server) };
}

function tokenAnswer(url: URL, principal: Principal): { status: number; body: unknown } {
  const resource = url.searchParams.get('resource') ?? '';
  if (url.pathname !== path) return { status: 404, body: { statusCode: 404, message: 'Not found.' } };
  if (url.searchParams.get('api-version') !== apiVersion || resource === '') {
    return { status: 400, body: { statusCode: 400, message: `Expected api-version=${apiVersion} and a resource.` } };
  }
  const body = {
    access_token: unsignedToken(resource, principal),
    expires_on: String(Math.floor(Date.now() / 1000) + tokenLifetimeSeconds),
    resource,
    token_type: 'Bearer',
    client_id: url.searchParams.get('client_id') ?? principal.objectId,
  };
  return { status: 200, body };
}

/**
 * A token that nobody signed, for receivers that do not look: the simulated ARM and Azurite's `--oauth basic`. Valid
 * from 2000 to 2100, as an estate's time may be far from the real one.
 */
function unsignedToken(resource: string, { tenantId, objectId }: Principal): string {
  const validFrom = Date.UTC(2000, 0) / 1000;
  const claims = {
    aud: resource.replace(/\/$/, ''),
    iss: `https://sts.windows.net/${tenantId}/`,
    iat: validFrom,
    nbf: validFrom,
    exp: Date.UTC(2100, 0) / 1000,
    tid: tenantId,
    oid: objectId,
    sub: objectId,
  };
  return `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims)}.`;
}

const encoded = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
