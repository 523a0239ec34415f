import { buildApp } from '../../../local/build.ts';
import { type Neighbourhood, type NeighbourhoodOptions, startNeighbourhood } from '../../../local/neighbourhood.ts';
import { checkedCalls } from './api-contract.ts';

let build: Promise<void> | undefined;

/** Builds the app, once for each test file, and starts everything around it. Every answer is checked by the API's document. */
export async function startBuilt(options: NeighbourhoodOptions): Promise<Neighbourhood> {
  build ??= buildApp();
  await build;
  const neighbourhood = await startNeighbourhood(options);
  return Object.assign(neighbourhood, { call: checkedCalls(neighbourhood.call) });
}
