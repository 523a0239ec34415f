import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { NetworkInput } from '../lib/domain/network-rows.ts';
import { judgeReachability, type Reachability } from '../lib/rules/network/reachability.ts';

interface Vector {
  readonly id: string;
  readonly why: string;
  readonly input: NetworkInput;
  readonly expect: Partial<Reachability>;
}

/** The vectors lie beside the repository, or where BACKSTOP_NETWORK_VECTORS says. */
const file =
  process.env['BACKSTOP_NETWORK_VECTORS'] ?? resolve(import.meta.dirname, '../../shared/fixtures/network/vectors.json');
const isThere = existsSync(file);
const vectors: readonly Vector[] = isThere ? JSON.parse(readFileSync(file, 'utf8')).vectors : [];

if (!isThere) {
  console.info(`Network vectors are left out: there is no file ${file}.`);
}

describe.runIf(isThere)('network vectors', () => {
  it('are at least one', () => {
    expect(vectors.length).toBeGreaterThan(0);
  });

  it.each(vectors)('$id: $why', ({ input, expect: expected }) => {
    expect(judgeReachability(input)).toMatchObject(expected);
  });
});
