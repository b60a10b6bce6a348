import { describe, expect, it } from 'vitest';
import type { Call } from '../../../renderer/app/state/caller.js';
import { WelcomeState } from '../../../renderer/app/welcome/state.svelte.js';

/** A first run whose commands are answered by these, and what was asked. */
function made(answers: Record<string, (params: Record<string, unknown>) => unknown>) {
  const asked: string[] = [];
  const call = async (name: string, params: Record<string, unknown>) => {
    asked.push(`${name} ${Object.values(params).join(' ')}`);
    await Promise.resolve();
    return answers[name]?.(params) ?? null;
  };
  return { state: new WelcomeState(call as unknown as Call), asked };
}

describe('the first run', () => {
  it('fetches each template once, and tries one after another, however often it is asked', async () => {
    let open = 0;
    let most = 0;
    let round = 0;
    const { state, asked } = made({
      'policy.template': ({ template }) => ({ text: template }),
      'policy.try': async () => {
        most = Math.max(most, ++open);
        await new Promise((done) => setImmediate(done));
        open -= 1;
        return { canGoImages: ++round };
      },
    });
    const first = state.judge();
    void state.judge();
    void state.judge();
    await first;
    expect(most).toBe(1);
    expect(asked.filter((one) => one.startsWith('policy.template'))).toHaveLength(3);
    expect(asked.filter((one) => one.startsWith('policy.try'))).toHaveLength(6);
    expect(Object.values(state.trials).map(({ canGoImages }) => canGoImages)).toEqual([4, 5, 6]);
  });

  it('can be ended again where its end could not be written, with the policy as it was written', async () => {
    const { state, asked } = made({ 'policy.save': ({ text }) => ({ text }) });
    let ends = 0;
    const over = () => Promise.resolve(void (ends += 1));
    await state.finish('a', over);
    await state.finish('b', over);
    expect(asked).toEqual(['policy.save a ', 'policy.save b a']);
    expect(ends).toBe(2);
  });

  it('goes on where its policy was refused', async () => {
    const { state } = made({});
    let ends = 0;
    await state.finish('a', () => Promise.resolve(void (ends += 1)));
    expect(ends).toBe(0);
  });
});
