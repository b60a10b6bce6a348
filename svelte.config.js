/** Read by svelte-check, which would otherwise ask `vite.config.ts` without naming a target. */
export default {};
