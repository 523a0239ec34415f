import { type Destination, destinations } from './destination.ts';
import type { HalvesByDestination, PathHalves } from './paths.ts';
import type { NotOpen } from './verdict.ts';

/** What closes one half of the path to a destination, or may close it. */
export interface Obstacle {
  readonly destination: Destination;
  readonly path: NotOpen;
}

/** How one half of the paths to all destinations stands; with the destinations that it is about. */
export type HalfStanding =
  | { readonly kind: 'open' }
  | { readonly kind: 'blocked' | 'unknown'; readonly first: Obstacle; readonly all: readonly Obstacle[] };

/** One certain block is enough; open takes all destinations. `pick` answers `undefined` where nothing stands in the way. */
export function halfStanding(
  halves: HalvesByDestination,
  pick: (halves: PathHalves) => NotOpen | undefined,
): HalfStanding {
  const obstacles = destinations.flatMap((destination) => {
    const path = pick(halves[destination]);
    return path ? [{ destination, path }] : [];
  });
  return standing('blocked', obstacles) ?? standing('unknown', obstacles) ?? { kind: 'open' };
}

function standing(kind: 'blocked' | 'unknown', obstacles: readonly Obstacle[]): HalfStanding | undefined {
  const all = obstacles.filter(({ path }) => path.verdict === kind);
  const [first] = all;
  return first && { kind, first, all };
}
