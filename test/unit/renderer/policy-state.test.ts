import { describe, expect, it } from 'vitest';
import type { CareenApi } from '../../../preload/api.js';
import { PolicyState, type PolicyView } from '../../../renderer/app/policy/state.svelte.js';

const viewOf = (text: string): PolicyView => ({
  source: 'file',
  file: 'policy.yaml',
  text,
  error: null,
  policy: null,
  modeLowered: null,
  lints: [],
});

interface Asked {
  name: string;
  params: Record<string, unknown>;
  answer: (result: unknown) => Promise<void>;
  refuse: (code: string) => Promise<void>;
}

/** A state whose commands are answered by hand. */
function made() {
  const asked: Asked[] = [];
  const failures: string[] = [];
  const call = (name: string, params: Record<string, unknown>) =>
    new Promise((resolve) => {
      const settle = async (answer: unknown) => {
        resolve(answer);
        // as long as what waits for the answer takes to go on
        await new Promise((done) => setImmediate(done));
      };
      asked.push({
        name,
        params,
        answer: (result) => settle({ ok: true, result }),
        refuse: (code) => settle({ ok: false, error: { code, details: {} } }),
      });
    });
  const state = new PolicyState({ call } as unknown as CareenApi, ({ code }) =>
    failures.push(code),
  );
  const next = (): Asked => {
    const one = asked.shift();
    if (!one) throw new Error('nothing was asked');
    return one;
  };
  return { state, next, asked, failures };
}

async function drafted(text: string) {
  const one = made();
  void one.state.read();
  await one.next().answer(viewOf('a'));
  one.state.write(text);
  return one;
}

describe('a draft that is saved', () => {
  it('is none any more', async () => {
    const { state, next } = await drafted('b');
    void state.save();
    await next().answer(viewOf('b'));
    expect([state.isDraft, state.text, state.saving]).toEqual([false, 'b', false]);
  });

  it('keeps what is typed meanwhile, as a draft of what was saved', async () => {
    const { state, next, asked } = await drafted('b');
    void state.save();
    state.write('bc');
    const save = next();
    void state.save();
    expect(asked).toEqual([]);
    await save.answer(viewOf('b'));
    expect([state.text, state.isDraft, state.isOvertaken]).toEqual(['bc', true, false]);
    void state.save();
    expect(next().params).toEqual({ text: 'bc', base: 'b' });
  });

  it('keeps what is typed meanwhile even where it is what was saved before', async () => {
    const { state, next } = await drafted('b');
    void state.save();
    state.write('a');
    await next().answer(viewOf('b'));
    expect([state.text, state.isDraft]).toEqual(['a', true]);
  });

  it('stays where it was refused, unless it says by then what is saved', async () => {
    const { state, next, failures } = await drafted('b');
    void state.save();
    state.write('bc');
    await next().refuse('not-confirmed');
    expect([state.text, state.isDraft, failures]).toEqual(['bc', true, ['not-confirmed']]);
    void state.save();
    state.write('a');
    await next().refuse('not-confirmed');
    expect([state.text, state.isDraft]).toEqual(['a', false]);
  });
});

describe('the policy that the window knows', () => {
  const edit = { path: 'mode', value: 'auto' } as const;

  it('stays the same object while main says the same', async () => {
    const { state, next } = await drafted('b');
    const { saved } = state;
    void state.read();
    await next().answer(viewOf('a'));
    expect(state.saved).toBe(saved);
    void state.read();
    await next().answer(viewOf('other'));
    expect(state.saved?.text).toBe('other');
  });

  it('is what was asked last, whatever is answered last', async () => {
    const { state, next } = made();
    void state.read();
    void state.read();
    const [first, second] = [next(), next()];
    await second.answer(viewOf('new'));
    await first.answer(viewOf('old'));
    expect(state.saved?.text).toBe('new');
  });

  it('is what an edit made of it, and not what was read before', async () => {
    const { state, next, asked } = made();
    void state.read();
    void state.edit(edit);
    const [read, write] = [next(), next()];
    expect([write.name, state.writing]).toEqual(['policy.edit', true]);
    await write.answer(viewOf('edited'));
    await read.answer(viewOf('old'));
    expect([state.saved?.text, state.writing]).toEqual(['edited', false]);
    expect(asked.map(({ name }) => name)).toEqual(['policy.get']);
    await next().answer(viewOf('edited, and more'));
    expect(state.saved?.text).toBe('edited, and more');
  });

  it('tells the screens again where an edit was refused', async () => {
    const { state, next, failures } = await drafted('b');
    const { saved } = state;
    void state.edit(edit);
    await next().refuse('not-confirmed');
    expect(failures).toEqual(['not-confirmed']);
    expect(state.saved).toEqual(saved);
    expect(state.saved).not.toBe(saved);
  });
});
