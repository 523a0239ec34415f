import type { Fact, UnknownBecause } from '../domain/fact.ts';
import type { Gap } from './run.ts';
import { TryAgainLater } from './try-again-later.ts';

/** Something that could not be read, as a gap of a run. */
export function gap(what: string, { cause, detail, retryAfterSeconds, mayPass }: UnknownBecause): Gap {
  return {
    what,
    cause,
    detail,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(mayPass ? { mayPass } : {}),
  };
}

/** Those facts, by what they are about, that could not be read. */
export function gapsIn(facts: Iterable<readonly [what: string, fact: Fact<unknown>]>): readonly Gap[] {
  return [...facts].flatMap(([what, fact]) => (fact.kind === 'unknown' ? [gap(what, fact.because)] : []));
}

function tryAgain({ cause, detail, retryAfterSeconds }: Gap): never {
  const told = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  throw new TryAgainLater({ cause: cause === 'throttled' ? cause : 'partial-inventory', detail, ...told });
}

/** Everything can be read a little later: judging without it would only make VMs undetermined. */
export function failIfThrottled(gaps: readonly Gap[]): void {
  const throttled = gaps.find(({ cause }) => cause === 'throttled');
  if (throttled) {
    tryAgain(throttled);
  }
}

/** Attempts in which what may pass is waited for; after them a run goes on with what it has, and says what is missing. */
const patientAttempts = 5;

/** Fails while there is hope that what could not be read will be read a little later. */
export function failIfPassing(gaps: readonly Gap[], attempt: number): void {
  failIfThrottled(gaps);
  const passing = attempt < patientAttempts ? gaps.find(({ mayPass }) => mayPass) : undefined;
  if (passing) {
    tryAgain(passing);
  }
}
