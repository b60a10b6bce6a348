import { untrack } from 'svelte';
import type { AppState } from '../state/app.svelte.js';

/**
 * Keeps what is known of the disk's space current while a component stands that shows it: what images
 * share whenever they change, and what the engine counts once an engine, and again after each run.
 * The count comes after what is drawn first: while the engine counts and all is judged by that, main
 * answers nothing.
 */
export function followSpace(app: AppState): void {
  const judged = $derived(app.slices.totals?.judgedAt ?? null);
  /** The engine that can be asked now; null: none, or it is at work. */
  const asked = $derived.by(() => {
    const { engine, run } = app.slices;
    const isLive = engine?.status === 'connected' && engine.asOf === null && judged !== null;
    if (!isLive || !engine.facts || run?.current || !app.space.asked) return null;
    return `${engine.facts.endpoint} ${engine.facts.id}`;
  });
  const lastRun = $derived(app.slices.run?.last?.runId ?? null);
  // Asked before what stands on the screen is made: main answers meanwhile.
  $effect.pre(() => {
    const { images } = app.slices;
    if (images && judged !== null) untrack(() => void app.space.follow(images));
  });
  $effect(() => {
    const [engine, run] = [asked, lastRun];
    if (engine !== null) untrack(() => void app.space.countFor(engine, run));
  });
}
