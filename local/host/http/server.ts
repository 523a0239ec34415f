import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describeThrown, type Log } from '../log.ts';
import { type Answer, sendAnswer } from './answer.ts';
import { type Call, readCall } from './call.ts';

/** A listening http server on the loopback address. */
export interface HttpServer {
  readonly port: number;
  /** Takes no new request from now on; resolves when the last connection has ended. */
  stop(): Promise<void>;
  /** Ends what is still open. */
  abandon(): void;
}

/** Listens on `port`, or on a free one when it is 0 or taken. */
export async function startServer(
  port: number,
  answer: (call: Call) => Promise<Answer>,
  log: Log,
): Promise<HttpServer> {
  const server = createServer((request, response) => void respond(request, response, answerLast, log));
  // Longer than callers keep a connection for: closed just as it is used again, it would fail their request.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 70_000;
  async function answerLast(call: Call, response: ServerResponse): Promise<Answer> {
    const answered = await answer(call);
    // Once stopped, a connection that was busy must not be kept for another request.
    if (!server.listening) response.shouldKeepAlive = false;
    return answered;
  }
  await listenSomewhere(server, port, log);
  return {
    port: portOf(server),
    stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      return closed.then(() => undefined);
    },
    abandon: () => server.closeAllConnections(),
  };
}

async function listenSomewhere(server: Server, port: number, log: Log): Promise<void> {
  try {
    await listen(server, port);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    await listen(server, 0);
    const message = `Port ${port} is taken; listening on ${portOf(server)} instead.`;
    log({ level: 'warning', category: 'Host.Startup', message });
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (call: Call, response: ServerResponse) => Promise<Answer>,
  log: Log,
): Promise<void> {
  try {
    sendAnswer(response, await answer(await readCall(request), response));
  } catch (error) {
    log({ level: 'error', category: 'Host.Http', message: `A request failed: ${describeThrown(error)}` });
    if (!response.headersSent) response.statusCode = 500;
    response.end();
  }
}
