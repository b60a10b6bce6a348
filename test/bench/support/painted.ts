import type { ElectronApplication, Page } from 'playwright-core';

declare global {
  interface Window {
    /** Resolves at the moment (ms of the wall clock) at which an element by this selector stood in a frame. */
    painted(selector: string): Promise<number>;
    /** The same of what was awaited since the page began. */
    opened: Record<string, Promise<number>>;
  }
}

/**
 * Gives every page that opens from now on a way to tell when something was painted.
 *
 * @param awaited selectors, by names of one's own, whose first appearance each page notes
 */
export async function watchPaint(
  app: ElectronApplication,
  awaited: Record<string, string>,
): Promise<void> {
  await app.context().addInitScript((selectors) => {
    window.painted = (selector) =>
      new Promise((resolve) => {
        const afterFrame = () => {
          // A frame is made after its animation callbacks; what comes next comes after it.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
          requestAnimationFrame(() => port2.postMessage(null));
        };
        if (document.querySelector(selector)) return afterFrame();
        const observer = new MutationObserver(() => {
          if (!document.querySelector(selector)) return;
          observer.disconnect();
          afterFrame();
        });
        observer.observe(document, { childList: true, subtree: true });
      });
    window.opened = Object.fromEntries(
      Object.entries(selectors).map(([name, selector]) => [name, window.painted(selector)]),
    );
  }, awaited);
}

/** Milliseconds from a click on one thing until another, which was not there, is painted. */
export function clickToPaint(page: Page, clicked: string, awaited: string): Promise<number> {
  return page.evaluate(
    async ([from, to]) => {
      const target = document.querySelector<HTMLElement>(from);
      if (!target) throw new Error(`There is no ${from}.`);
      if (document.querySelector(to)) throw new Error(`${to} is there already.`);
      const clickedAt = performance.timeOrigin + performance.now();
      target.click();
      return (await window.painted(to)) - clickedAt;
    },
    [clicked, awaited] as const,
  );
}
