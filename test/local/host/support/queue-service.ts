import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';

import { QueueServiceClient } from '@azure/storage-queue';
import { generate } from 'selfsigned';

const azurite = fileURLToPath(new URL('../../../../node_modules/azurite/dist/src/queue/main.js', import.meta.url));

/** Azurite's queues over https with OAuth, and a managed identity that gets in. */
export interface QueueService {
  /** For the test itself. */
  readonly client: QueueServiceClient;
  /** The settings with which an app gets in. */
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startQueueService(): Promise<QueueService> {
  const folder = await mkdtemp(join(tmpdir(), 'backstop-queues-'));
  const ca = await writeCertificate(folder);
  const identity = await startIdentity();
  const child = spawn(process.execPath, [azurite, ...azuriteArguments(folder)], { cwd: folder, stdio: 'pipe' });
  const url = `${await addressOf(child)}/devstoreaccount1`;
  return {
    client: connect(url, ca),
    settings: {
      AzureWebJobsStorage__queueServiceUri: url,
      NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem'),
      IDENTITY_ENDPOINT: identity.url,
      IDENTITY_HEADER: 'secret',
    },
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      identity.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function azuriteArguments(folder: string): readonly string[] {
  const flags = ['--inMemoryPersistence', '--silent', '--skipApiVersionCheck', '--disableTelemetry'];
  const https = ['--oauth', 'basic', '--cert', join(folder, 'cert.pem'), '--key', join(folder, 'key.pem')];
  return [...flags, ...https, '--queuePort', '0'];
}

async function writeCertificate(folder: string): Promise<string> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  await writeFile(join(folder, 'cert.pem'), cert);
  await writeFile(join(folder, 'key.pem'), key);
  return cert;
}

async function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    const [, address] = /successfully listens on (\S+)/.exec(output) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error(`Azurite did not start: ${output}`);
}

/** An unsigned token with which Azurite's basic OAuth is content. */
function createToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: 'https://storage.azure.com',
    iss: 'https://sts.windows.net/11111111-1111-1111-1111-111111111111/',
    nbf: now - 3600,
    iat: now - 3600,
    exp: now + 86_400,
  };
  const parts = [{ alg: 'none', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${parts.join('.')}.x`;
}

async function startIdentity() {
  const server = createServer((request, response) => {
    response.statusCode = request.headers['x-identity-header'] === 'secret' ? 200 : 401;
    const expiresOn = Math.floor(Date.now() / 1000) + 86_400;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ access_token: createToken(), expires_on: String(expiresOn), token_type: 'Bearer' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/token`, stop: () => server.close() };
}

/** The test process was started before the certificate existed, so NODE_EXTRA_CA_CERTS comes too late for it. */
function connect(url: string, ca: string): QueueServiceClient {
  setDefaultCACertificates([...getCACertificates('default'), ca]);
  const expiresOnTimestamp = Date.now() + 3_600_000;
  return new QueueServiceClient(url, { getToken: async () => ({ token: createToken(), expiresOnTimestamp }) });
}
