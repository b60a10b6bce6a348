import { describe, expect, it } from 'vitest';
import type { Answer, CommandName } from '../../../main/contract/commands.js';
import { cleanNow } from '../../../main/shell/clean-now.js';

const some = { min: 5, max: 5, certainty: 'exact' };
const item = (id: string) => ({
  id,
  kind: 'image',
  refs: [`${id}:1`],
  recoverable: { state: 'likely' },
});

/** A tray's commands, each answered as told, and a person who says yes or no. */
function stage(answers: Partial<Record<CommandName, unknown>>, yes: boolean) {
  const done: string[] = [];
  const result = cleanNow({
    call: <N extends CommandName>(name: N) => {
      done.push(name);
      const answer = answers[name] ?? { ok: true, result: {} };
      return Promise.resolve(answer as Answer<N>);
    },
    agreed: (goes) => {
      done.push(`asked ${goes.items.map(({ id }) => id).join(' ')} ${goes.reclaimable.min}`);
      return Promise.resolve(yes);
    },
    nothing: () => {
      done.push('nothing');
      return Promise.resolve();
    },
  });
  return { result, done };
}

const made = { ok: true, result: { planId: 'p', items: [item('a'), item('b'), item('c')] } };
const preview = (chosen: string[]) => ({
  ok: true,
  result: { chosen, reclaimable: some, each: {} },
});

describe('a clean-up from the tray', () => {
  it('asks about what would go, and runs it', async () => {
    const { result, done } = stage(
      { 'plan.make': made, 'plan.preview': preview(['a', 'c']) },
      true,
    );
    expect(await result).toBeNull();
    expect(done).toEqual(['plan.make', 'plan.preview', 'asked a c 5', 'plan.run']);
  });

  it('runs nothing that a person does not agree to', async () => {
    const { result, done } = stage({ 'plan.make': made, 'plan.preview': preview(['a']) }, false);
    expect(await result).toBeNull();
    expect(done).not.toContain('plan.run');
  });

  it('says so where nothing can go', async () => {
    const { result, done } = stage({ 'plan.make': made, 'plan.preview': preview([]) }, true);
    expect(await result).toBeNull();
    expect(done).toEqual(['plan.make', 'plan.preview', 'nothing']);
  });

  it.each(['plan.make', 'plan.preview', 'plan.run'] as const)(
    'gives what %s failed by',
    async (at) => {
      const error = { code: 'engine-lost', details: {} };
      const answers = {
        'plan.make': made,
        'plan.preview': preview(['a']),
        [at]: { ok: false, error },
      };
      expect(await stage(answers, true).result).toEqual(error);
    },
  );
});
