import type { Fact, UnknownBecause } from '../domain/fact.ts';
import type { Gap } from './run.ts';
import { TryAgainLater } from './try-again-later.ts';

/** Something that could not be read, as a gap of a run. */
export function gap(what: string, { cause, detail, retryAfterSeconds }: UnknownBecause): Gap {
  return { what, cause, detail, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}

/** Those facts, by what they are about, that could not be read. */
export function gapsIn(facts: Iterable<readonly [what: string, fact: Fact<unknown>]>): readonly Gap[] {
  return [...facts].flatMap(([what, fact]) => (fact.kind === 'unknown' ? [gap(what, fact.because)] : []));
}

/** Everything can be read a little later: judging without it would only make VMs undetermined. */
export function failIfThrottled(gaps: readonly Gap[]): void {
  const throttled = gaps.find(({ cause }) => cause === 'throttled');
  if (throttled) {
    const { detail, retryAfterSeconds } = throttled;
    throw new TryAgainLater({
      cause: 'throttled',
      detail,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });
  }
}
