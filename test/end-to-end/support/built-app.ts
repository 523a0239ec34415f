import { buildApp } from '../../../local/build.ts';
import { type Neighbourhood, type NeighbourhoodOptions, startNeighbourhood } from '../../../local/neighbourhood.ts';

let build: Promise<void> | undefined;

/** Builds the app, once for each test file, and starts everything around it. */
export async function startBuilt(options: NeighbourhoodOptions): Promise<Neighbourhood> {
  build ??= buildApp();
  await build;
  return startNeighbourhood(options);
}
