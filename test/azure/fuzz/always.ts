import fc from 'fast-check';

/** The same cases in every run, so that CI does not depend on luck; another seed tries others (`BACKSTOP_FUZZ_SEED`). */
const firstSeed = Number(process.env['BACKSTOP_FUZZ_SEED'] ?? 20_261_121);

/**
 * Checks that nothing is wrong, whatever the value. A failure says in words what was tried and what came of it: the values
 * themselves hold whole answers of Azure.
 */
export async function always<T>(
  values: fc.Arbitrary<T>,
  numRuns: number,
  wrongOf: (value: T) => Promise<readonly string[]>,
  inWords: (value: T) => string,
): Promise<void> {
  const property = fc.asyncProperty(values, async (value) => {
    const wrong = await wrongOf(value);
    if (wrong.length > 0) {
      throw new Error(wrong.join('\n  '));
    }
  });
  const { counterexample, errorInstance, seed, counterexamplePath } = await fc.check(property, {
    numRuns,
    seed: firstSeed,
  });
  if (counterexample) {
    const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    const again = `seed ${seed}, path ${counterexamplePath}`;
    throw new Error(`${inWords(counterexample[0])}\n  ${what}\n  ${again}`, { cause: errorInstance });
  }
}
