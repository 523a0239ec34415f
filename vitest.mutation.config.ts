import { defineConfig } from 'vitest/config';

/** The tests of what decides: pure, so that each mutant is judged in moments. */
export default defineConfig({
  test: { include: ['test/domain/**/*.test.ts', 'test/rules/**/*.test.ts', 'test/network-vectors.test.ts'] },
});
