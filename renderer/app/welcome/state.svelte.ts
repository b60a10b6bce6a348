import type { PolicyTrial } from '../../../main/contract/policy.js';
import type { Call } from '../state/caller.js';
import { type Level, levels } from './choices.js';

/** What the first run knows of its templates, and the policy that it wrote. */
export class WelcomeState {
  templates = $state.raw<Partial<Record<Level, string>>>({});
  trials = $state.raw<Partial<Record<Level, PolicyTrial>>>({});

  #isJudging = false;
  #again = false;
  /** The policy that was written here; null: none yet. */
  #written: string | null = null;

  constructor(private readonly call: Call) {}

  /**
   * Has each template tried on what is there, one after another: judging a whole machine three times
   * at once would make each of them wait. Wishes that come meanwhile become one more round.
   */
  async judge(): Promise<void> {
    this.#again = true;
    if (this.#isJudging) return;
    this.#isJudging = true;
    try {
      while (this.#again) {
        this.#again = false;
        for (const name of levels) await this.#try(name);
      }
    } finally {
      this.#isJudging = false;
    }
  }

  async #try(name: Level): Promise<void> {
    const text =
      this.templates[name] ?? (await this.call('policy.template', { template: name }))?.text;
    if (text === undefined) return;
    if (this.templates[name] === undefined) this.templates = { ...this.templates, [name]: text };
    const trial = await this.call('policy.try', { text });
    if (trial) this.trials = { ...this.trials, [name]: trial };
  }

  /**
   * Writes the policy, and then that the first run is over; where the one was done and the other
   * failed, it can be done again with another choice.
   *
   * @param over what is done once the policy stands
   */
  async finish(text: string, over: () => Promise<void>): Promise<void> {
    const saved = await this.call('policy.save', { text, base: this.#written });
    if (!saved) return;
    this.#written = saved.text;
    await over();
  }
}
