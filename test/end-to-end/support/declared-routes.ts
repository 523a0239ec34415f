import { readdir } from 'node:fs/promises';

import { vi } from 'vitest';

import { declaredRoutes, type Route } from '../../../functions/http/route.ts';

/** All routes as the function files declare them. */
export async function loadRoutes(): Promise<readonly Route[]> {
  // The library says of each function that there is no host to register it with.
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  const files = (await readdir('functions')).filter((name) => name.endsWith('.ts'));
  await Promise.all(files.map((name) => import(/* @vite-ignore */ `../../../functions/${name}`)));
  return declaredRoutes();
}
