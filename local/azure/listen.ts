import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on 127.0.0.1, on a free port when the wanted one is 0 or taken. Returns the port. */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  try {
    await listen(server, port);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    await listen(server, 0);
  }
  const address = server.address();
  return (address as AddressInfo).port;
}

/** Stops a server and cuts its connections, kept-alive ones included. */
export async function stopServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

async function listen(server: Server, port: number): Promise<void> {
  const listening = once(server, 'listening');
  server.listen(port, '127.0.0.1');
  await listening;
}
