/** 24 November 2026, 09:00 UTC: ages in the pictures do not change from run to run. */
export const NOW = Date.UTC(2026, 10, 24, 9);
export const DAY = 86_400_000;

/** A figure without a doubt, in bytes. */
export const exact = (n: number) => ({ min: n, max: n, certainty: 'exact' as const });
