import type { AppState } from './state/app.svelte.js';

/** Milliseconds that a page waits at most before it is drawn without what it asked for. */
const MOMENT = 50;

/**
 * Waits for the images, and for what the overview's map is drawn from where a page opens on that;
 * resolves when it is here, or after a moment. A page that has it makes its table or its map at once,
 * and not a screen without one before.
 */
export async function lookAhead(app: AppState): Promise<void> {
  const moment = new Promise((resolve) => setTimeout(resolve, MOMENT));
  await Promise.race([app.slices.told, moment]);
  const { images, totals } = app.slices;
  if (app.router.route.screen !== 'overview' || !images || totals?.judgedAt == null) return;
  await Promise.race([app.space.follow(images), moment]);
}
