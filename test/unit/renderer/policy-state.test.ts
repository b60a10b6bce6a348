import { describe, expect, it } from 'vitest';
import type { CareenApi } from '../../../preload/api.js';
import { Drafts, type Draft } from '../../../renderer/app/policy/drafts.js';
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

/** As `localStorage`, with room for so many characters a value. */
function storageOf(room = Infinity) {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    removeItem: (key: string) => void values.delete(key),
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new Error('QuotaExceededError');
      values.set(key, value);
    },
  };
}

/** A state whose commands are answered by hand. */
function made(drafts = new Drafts(storageOf())) {
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
  const state = new PolicyState(
    { call } as unknown as CareenApi,
    ({ code }) => failures.push(code),
    { get: () => drafts.get('first'), set: (draft) => drafts.set('first', draft) },
  );
  const next = (): Asked => {
    const one = asked.shift();
    if (!one) throw new Error('nothing was asked');
    return one;
  };
  return { state, next, asked, failures };
}

async function drafted(text: string, drafts?: Drafts) {
  const one = made(drafts);
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

  it('is being written until each of several edits has its answer', async () => {
    const { state, next } = await drafted('b');
    void state.edit(edit);
    void state.edit(edit);
    const [first, second] = [next(), next()];
    await first.answer(viewOf('one'));
    expect(state.writing).toBe(true);
    await second.refuse('not-confirmed');
    expect(state.writing).toBe(false);
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

describe('a draft whose page ends', () => {
  const left: Draft = { text: 'ab', base: 'a' };

  it('is there in the next one, of the policy that it was made from', async () => {
    const drafts = new Drafts(storageOf());
    await drafted('ab', drafts);
    expect(drafts.get('first')).toEqual(left);
    expect(drafts.get('other')).toBeNull();
    const { state, next } = made(drafts);
    expect([state.text, state.isDraft]).toEqual(['ab', true]);
    void state.read();
    await next().answer(viewOf('x'));
    expect([state.text, state.isOvertaken]).toEqual(['ab', true]);
    state.keepMine();
    expect(drafts.get('first')).toEqual({ ...left, base: 'x' });
  });

  it('is of no file where there was none', () => {
    const drafts = new Drafts(storageOf());
    drafts.set('first', left);
    drafts.set('first', { ...left, base: null });
    expect(drafts.get('first')).toEqual({ ...left, base: null });
  });

  it('is none any more once it was discarded, or saved, or is what the file says', async () => {
    for (const end of ['discard', 'save', 'same'] as const) {
      const drafts = new Drafts(storageOf());
      const { state, next } = await drafted('ab', drafts);
      if (end === 'discard') state.discard();
      else if (end === 'save') {
        void state.save();
        await next().answer(viewOf('ab'));
      } else {
        void state.read();
        await next().answer(viewOf('ab'));
      }
      expect(drafts.get('first'), end).toBeNull();
    }
  });

  it('is of what was saved, where more was written meanwhile', async () => {
    const drafts = new Drafts(storageOf());
    const { state, next } = await drafted('ab', drafts);
    void state.save();
    state.write('abc');
    await next().answer(viewOf('ab'));
    expect(drafts.get('first')).toEqual({ text: 'abc', base: 'ab' });
  });

  it('leaves no older one where there is no room for it', async () => {
    const storage = storageOf(3);
    const { state } = await drafted('abc', new Drafts(storage));
    state.write('abcd');
    expect([state.text, storage.values.size]).toEqual(['abcd', 0]);
  });
});
