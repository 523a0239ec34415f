import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { serviceVersion } from '../../lib/domain/service-version.ts';

it('the version of the service is that of its package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

  expect(serviceVersion).toBe(version);
});
