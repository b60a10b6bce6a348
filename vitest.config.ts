import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Whole years pass in some of them, and vitest's own five seconds, where a core is shared. */
const plain = { testTimeout: 60_000 };

/** Tests that share one machine's engines and displays run a file at a time. */
const alone = { fileParallelism: false, testTimeout: 120_000, hookTimeout: 180_000 };

export default defineConfig({
  plugins: [svelte()],
  test: {
    // Vitest's own second is soon over where two cores carry engines, an app and the test: as long as
    // Playwright waits for a page.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], ...plain } },
      { extends: true, test: { name: 'engine', include: ['test/engine/**/*.test.ts'], ...alone } },
      { extends: true, test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...alone } },
      { extends: true, test: { name: 'packed', include: ['test/packed/**/*.test.ts'], ...alone } },
      { extends: true, test: { name: 'faults', include: ['test/faults/**/*.test.ts'], ...alone } },
      { extends: true, test: { name: 'bench', include: ['test/bench/**/*.test.ts'], ...alone } },
      { extends: true, test: { name: 'looks', include: ['test/looks/**/*.test.ts'], ...alone } },
    ],
  },
});
