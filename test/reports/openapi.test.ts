import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, it } from 'vitest';

import { describeApi, type OpenApi } from '../../functions/http/openapi.ts';
import { loadRoutes } from '../end-to-end/support/declared-routes.ts';

let document: OpenApi;

beforeAll(async () => {
  document = describeApi(await loadRoutes());
});

describe('the document of the API', () => {
  it('docs/openapi.json is current', async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('../../docs/openapi.json');
  });

  it('is a valid OpenAPI 3.1 document', async () => {
    const validator = new Validator();

    const { valid, errors } = await validator.validate(structuredClone(document));

    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('has no reference to what is not there', () => {
    const { schemas, responses } = document['components'] as Readonly<Record<string, Readonly<Record<string, object>>>>;
    const there = [schemas, responses].flatMap((part = {}) => Object.keys(part));
    const named = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, ref = '']) => ref);

    const missing = named.filter((ref) => !there.includes(ref.replace(/^#\/components\/(schemas|responses)\//, '')));

    expect(named.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });

  it('has an id of its own for every operation, and a parameter for every part of a path', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, ...operation }) as Described),
    );
    const unnamed = operations.filter(({ path, parameters }) => {
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      return (
        parts.join() !==
        parameters
          .filter((each) => each.in === 'path')
          .map(({ name }) => name)
          .join()
      );
    });

    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(unnamed).toEqual([]);
  });
});

interface Described {
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
}
