import { request } from 'node:https';

/** Writes into the simulated Azure as a person or a pipeline does: by ARM requests over https. */
export interface AzureWriter {
  put(id: string, body: unknown): Promise<void>;
  patch(id: string, body: unknown): Promise<void>;
  remove(id: string): Promise<void>;
}

const apiVersion = '2025-04-01';

/** `certificate`: the text of the certificate that the simulated Azure shows. Writers are told apart by their tokens. */
export function createAzureWriter(armUrl: string, certificate: string, token = 'local'): AzureWriter {
  function send(method: string, id: string, body?: unknown): Promise<void> {
    const url = `${armUrl}${encodeURI(id)}?api-version=${apiVersion}`;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const call = request(url, { method, headers, ca: certificate }, (response) => {
        response.resume();
        const status = response.statusCode ?? 0;
        response.on('end', () =>
          status < 300 ? resolve() : reject(new Error(`The simulated Azure answered ${status} to ${method} ${id}`)),
        );
      });
      call.on('error', (error: NodeJS.ErrnoException) => {
        // The connection was closed by the other side just as it was used again: nothing has been asked yet.
        const isStale = call.reusedSocket && error.code === 'ECONNRESET';
        isStale ? resolve(send(method, id, body)) : reject(error);
      });
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
  return {
    put: (id, body) => send('PUT', id, body),
    patch: (id, body) => send('PATCH', id, body),
    remove: (id) => send('DELETE', id),
  };
}
