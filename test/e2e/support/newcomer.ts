import type { Locator, Page } from 'playwright-core';

/** So many clicks, keys, typed texts and scrolls a task may take from the Overview (issue 13). */
const MOST = 5;

type Role = Parameters<Page['getByRole']>[0];

/**
 * Somebody who has never seen the window: finds each thing by what it looks like and says, and
 * does no more than five things.
 */
export class Newcomer {
  #acts = 0;

  constructor(private readonly page: Page) {}

  /** What is seen under a role and a name; it has to be the only one. */
  seen(role: Role, name: string | RegExp): Locator {
    return this.page.getByRole(role, { name, exact: typeof name === 'string' });
  }

  async click(role: Role, name: string | RegExp): Promise<void> {
    const wanted = this.seen(role, name);
    await this.#scrollTo(wanted, name);
    this.#act(`clicks ${String(name)}`);
    await wanted.click();
  }

  /** Clicks a button of the question that stands before all else. */
  async answer(name: string | RegExp): Promise<void> {
    this.#act(`answers ${String(name)}`);
    const exact = typeof name === 'string';
    const wanted = this.page.getByRole('dialog').getByRole('button', { name, exact });
    await this.#scrollTo(wanted, name);
    await wanted.click();
  }

  async press(key: string): Promise<void> {
    this.#act(`presses ${key}`);
    await this.page.keyboard.press(key);
  }

  /** Types into the field that has the focus, over what is selected in it. */
  async type(text: string, into: string | RegExp): Promise<void> {
    this.#act(`types ${text}`);
    const field = this.seen('textbox', into).and(this.page.locator(':focus'));
    await field.waitFor();
    await this.page.keyboard.type(text);
  }

  /** Waits until a text stands on the screen. */
  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** What is out of sight has to be scrolled to first, which is an act as well. */
  async #scrollTo(wanted: Locator, name: string | RegExp): Promise<void> {
    const inSight = () =>
      wanted.evaluate(
        (element) =>
          new Promise<boolean | null>((resolve) => {
            const observer = new IntersectionObserver(([seen]) => {
              observer.disconnect();
              resolve(element.isConnected ? (seen?.intersectionRatio ?? 0) > 0.5 : null);
            });
            observer.observe(element);
          }),
      );
    let is = await inSight();
    // Drawn anew while it was looked at.
    while (is === null) is = await inSight();
    if (!is) this.#act(`scrolls to ${String(name)}`);
  }

  #act(does: string): void {
    this.#acts += 1;
    if (this.#acts > MOST) throw new Error(`act ${this.#acts} of at most ${MOST}: ${does}`);
  }
}
