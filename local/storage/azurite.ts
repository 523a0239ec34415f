import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import type { Certificate } from '../azure/certificate.ts';
import { type Child, startChild } from '../child-process.ts';
import { freePort } from '../free-port.ts';

/** Azurite, the official emulator of Azure Storage, in memory and with tokens as in Azure. */
export interface Storage {
  readonly blobServiceUri: string;
  readonly queueServiceUri: string;
  readonly tableServiceUri: string;
  readonly child: Child;
}

const account = 'devstoreaccount1';
const tablesReady = /Table service is successfully listening/;
const startSeconds = 60;

/** Somebody else may take a port between its choice and its use; then others are chosen. */
const attempts = 3;

/** Starts Azurite over https; rejects with what it printed if it does not come up. */
export async function startStorage(certificate: Certificate): Promise<Storage> {
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    try {
      return await startOnce(certificate);
    } catch {
      // The last attempt tells why.
    }
  }
  return startOnce(certificate);
}

async function startOnce({ certFile, keyFile }: Certificate): Promise<Storage> {
  const ports = { blob: await freePort(), queue: await freePort(), table: await freePort() };
  const options = ['--inMemoryPersistence', '--silent', '--skipApiVersionCheck', '--disableTelemetry'];
  const security = ['--oauth', 'basic', '--cert', certFile, '--key', keyFile];
  const where = ['--blobPort', `${ports.blob}`, '--queuePort', `${ports.queue}`, '--tablePort', `${ports.table}`];
  const printed: string[] = [];
  let onReady: () => void = () => undefined;
  const child = startChild({
    module: createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js'),
    args: [...options, ...security, ...where],
    execArgv: ['--import', fileURLToPath(new URL('end-with-parent.ts', import.meta.url))],
    onLine(line) {
      printed.push(line);
      if (tablesReady.test(line)) {
        onReady();
      }
    },
  });
  await new Promise<void>((resolve, reject) => {
    onReady = resolve;
    const refuse = (why: string) =>
      reject(new Error(`${why}: ${printed.slice(-5).join(' | ') || 'it printed nothing'}`));
    child.process.once('error', (error) => refuse(error.message));
    child.process.once('exit', (code) => refuse(`it ended with code ${code}`));
    setTimeout(() => refuse(`it was not ready after ${startSeconds} s`), startSeconds * 1000).unref();
  }).catch(async (error: unknown) => {
    await child.stop();
    throw error;
  });
  return {
    blobServiceUri: `https://127.0.0.1:${ports.blob}/${account}`,
    queueServiceUri: `https://127.0.0.1:${ports.queue}/${account}`,
    tableServiceUri: `https://127.0.0.1:${ports.table}/${account}`,
    child,
  };
}
