/** 24 November 2026, 09:00 UTC: ages in the pictures do not change from run to run. */
export const NOW = Date.UTC(2026, 10, 24, 9);
export const DAY = 86_400_000;

/** A figure without a doubt, in bytes. */
export const exact = (n: number) => ({ min: n, max: n, certainty: 'exact' as const });

/** CSS pixels: 200 % of a window of 1180 × 760, the smallest that is drawn, and the largest. */
export const SIZES = {
  '200-percent': { width: 590, height: 380 },
  '900x600': { width: 900, height: 600 },
  '2560x1440': { width: 2560, height: 1440 },
};
