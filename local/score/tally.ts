/** How often something was there, was said, and both. */
export type Tally = {
  /** There, by the labels. */
  readonly planted: number;
  /** There and said. */
  readonly found: number;
  /** Said, and not there. */
  readonly wrong: number;
};

/** Before the first case. */
export const nothing: Tally = { planted: 0, found: 0, wrong: 0 };

/** Counts one case. */
export function counted({ planted, found, wrong }: Tally, isThere: boolean, isSaid: boolean): Tally {
  return {
    planted: planted + Number(isThere),
    found: found + Number(isThere && isSaid),
    wrong: wrong + Number(!isThere && isSaid),
  };
}

/** There, and not said. */
export function missed({ planted, found }: Tally): number {
  return planted - found;
}

/** Share of what was said that is there; null where nothing was said. */
export function precision({ found, wrong }: Tally): number | null {
  return found + wrong === 0 ? null : found / (found + wrong);
}

/** Share of what is there that was said; null where nothing is there. */
export function recall({ planted, found }: Tally): number | null {
  return planted === 0 ? null : found / planted;
}

/** Whether everything that is there was said, and nothing else. */
export function isPerfect({ planted, found, wrong }: Tally): boolean {
  return planted === found && wrong === 0;
}
