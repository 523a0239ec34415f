import { HttpRequest } from '@azure/functions';
import { describe, expect, it } from 'vitest';

import { answerOf } from '../../functions/http/answer.ts';

const request = (headers: Record<string, string> = {}) =>
  new HttpRequest({ method: 'GET', url: 'https://backstop/api/reports/a.csv', headers });
const file = { status: 200, headers: { 'content-disposition': 'attachment' }, type: 'text/csv' };

describe('a file', () => {
  it('has its type, its headers and a tag, and is not sent again to who has it', () => {
    const first = answerOf(request(), { ...file, file: 'a,b\n' });

    expect(first).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/csv', 'content-disposition': 'attachment', etag: expect.stringMatching(/^W\//) },
      body: 'a,b\n',
    });
    const { etag } = first.headers as Record<string, string>;
    expect(answerOf(request({ 'if-none-match': etag ?? '' }), { ...file, file: 'a,b\n' })).toMatchObject({
      status: 304,
    });
    expect(answerOf(request({ 'if-none-match': etag ?? '' }), { ...file, file: 'a,c\n' }).status).toBe(200);
  });

  it('that is a stream has no tag: nobody has read it', () => {
    const { headers } = answerOf(request(), { ...file, file: new ReadableStream() });

    expect(headers).not.toHaveProperty('etag');
    expect(headers).toMatchObject({ 'cache-control': 'private, no-cache' });
  });

  it('may say itself how long it is kept', () => {
    const given = { ...file, headers: { 'cache-control': 'public, max-age=31536000, immutable' }, file: 'x' };

    expect(answerOf(request(), given).headers).toMatchObject(given.headers);
  });
});
