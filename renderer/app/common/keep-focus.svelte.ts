import { tick } from 'svelte';

/**
 * A screen that shows something else in its place gives its heading the focus, by which it is read as
 * well; only where what had the focus has gone with what was shown before: it is taken from nothing.
 *
 * @param view what is shown, by any name that tells it from what else may be
 */
export function keepFocus(view: () => string): void {
  let shown: string | null = null;
  $effect(() => {
    const now = view();
    const before = shown;
    shown = now;
    if (before === null || now === before) return;
    void tick().then(() => {
      const { activeElement, body } = document;
      if (activeElement === null || activeElement === body)
        document.querySelector<HTMLElement>('main h1')?.focus();
    });
  });
}
