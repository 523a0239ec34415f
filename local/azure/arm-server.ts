import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { ArmAnswer } from './arm-error.ts';
import type { FrontDoor } from './front-door.ts';

/** The transport of the simulated ARM: bytes in, bytes out. A caller who hangs up is nobody's error. */
export async function serveArm(door: FrontDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const text = await textOf(request);
    const { method = 'GET', url = '/', headers } = request;
    write(
      response,
      await door
        .answer({
          method,
          url,
          authorization: headers.authorization,
          clientRequestId: clientRequestIdOf(headers),
          text,
        })
        .catch(internalError),
    );
  } catch {
    response.destroy();
  }
}

/** What the caller calls its request. */
function clientRequestIdOf(headers: IncomingMessage['headers']): string | undefined {
  const id = headers['x-ms-client-request-id'];
  return typeof id === 'string' ? id : undefined;
}

/** Adds the headers that every answer of Azure carries. */
function write(response: ServerResponse, answer: ArmAnswer): void {
  const requestId = randomUUID();
  response.writeHead(answer.status, {
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': requestId,
    'x-ms-routing-request-id': `LOCAL:${requestId}`,
    ...(answer.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...answer.headers,
  });
  response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** A fault of the simulation itself: visible to whoever runs it, a 500 to the caller. */
function internalError(error: unknown): ArmAnswer {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, body: { error: { code: 'SimulationFailed', message } } };
}
