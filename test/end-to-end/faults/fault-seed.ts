/**
 * The seed of a test's faults. It is printed; BACKSTOP_FAULT_SEED repeats a failure or tries another one. Without it, it is
 * always the same.
 */
export function faultSeed(test: string, usual: number): number {
  const seed = Number(process.env['BACKSTOP_FAULT_SEED'] ?? usual);
  console.log(`${test}: BACKSTOP_FAULT_SEED=${seed}`);
  return seed;
}
