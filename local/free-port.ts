import { createServer } from 'node:net';

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : undefined));
    });
  });
}

/** The wanted port of 127.0.0.1 if it is free, else one that is. */
export async function freePort(wanted = 0): Promise<number> {
  const port = (await tryListen(wanted)) ?? (await tryListen(0));
  if (port === undefined) {
    throw new Error('No port of 127.0.0.1 is free.');
  }
  return port;
}
