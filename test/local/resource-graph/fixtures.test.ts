import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createResourceGraph } from '../../../local/azure/resource-graph/service.ts';
import { now, sampleRow } from './sample.ts';

const folder = join(import.meta.dirname, '../../../../shared/fixtures/arm');
const hasFixtures = existsSync(folder);
if (!hasFixtures) console.info('Left out: the fixtures of Resource Graph, because ../shared is not here.');

interface Fixture {
  readonly response: { readonly headers: Readonly<Record<string, string>>; readonly body: unknown };
}

function fixture(name: string): Fixture['response'] {
  const { response }: Fixture = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  return response;
}

/** The names of an object's members; the same fixture may hold more headers than a simulation needs. */
const membersOf = (value: unknown) => Object.keys(Object(value)).sort();

describe.runIf(hasFixtures)('the shapes of the fixtures', () => {
  const rows = ['/a', '/b', '/c'].map((id) => sampleRow({ id }));
  const options = { rowsOf: () => rows, subscriptionsOf: () => [], now: () => now };
  const query = 'Resources | project id, name, type, location';

  it('has the members of a first page', () => {
    const { body } = createResourceGraph(options).handle({ query, options: { $top: 2 } });

    expect(membersOf(body)).toEqual(membersOf(fixture('resource-graph-first-page').body));
  });

  it('has the columns of a table', () => {
    const { body } = createResourceGraph(options).handle({ query: 'Resources', options: { resultFormat: 'table' } });
    const recorded = fixture('resource-graph-vms-table-format').body as { data: { columns: { name: string }[] } };

    // The order of the columns and extendedLocation differ: the recording is of an older version of the API.
    expect(body).toMatchObject({ data: { columns: expect.arrayContaining(recorded.data.columns) } });
  });

  it('is throttled as the service was', () => {
    const graph = createResourceGraph({ ...options, quota: { requests: 1, windowMs: 5000 } });
    graph.handle({ query });
    const { status, headers, body } = graph.handle({ query });
    const recorded = fixture('error-429-resource-graph');

    expect(status).toBe(429);
    expect(membersOf(recorded.headers)).toEqual(expect.arrayContaining(membersOf(headers)));
    expect(body).toMatchObject({ error: { ...Object(Object(recorded.body).error), message: expect.any(String) } });
  });
});
