import { describe, expect, it } from 'vitest';
import { Notices } from '../../../renderer/app/state/notices.svelte.js';

/** A window with two engines in its list. */
function made() {
  const list = new Map([
    ['first', 'laptop'],
    ['a1', 'cellar'],
  ]);
  let viewed = 'first';
  const notices = new Notices({
    viewed: () => viewed,
    nameOf: (engine) => list.get(engine) ?? null,
    named: (name, sentence) => `${name}: ${sentence}`,
  });
  return {
    notices,
    list,
    view: (engine: string) => (viewed = engine),
    texts: () => notices.all.map(({ text }) => text),
  };
}

describe('what was said of an engine', () => {
  it('names it while another one is in view, and not before', () => {
    const { notices, view, texts } = made();
    notices.tell('bad', 'It failed.', 'first');
    notices.tell('info', 'Paused.', null);
    expect(texts()).toEqual(['It failed.', 'Paused.']);
    view('a1');
    expect(texts()).toEqual(['laptop: It failed.', 'Paused.']);
  });

  it('names it as it is called now, and one that went off the list as it was called', () => {
    const { notices, list, texts } = made();
    notices.tell('bad', 'It failed.', 'a1');
    list.set('a1', 'attic');
    notices.tell('info', 'Saved.', 'first');
    expect(texts()).toEqual(['attic: It failed.', 'Saved.']);
    list.delete('a1');
    notices.tell('info', 'Saved again.', 'first');
    expect(texts()[0]).toBe('cellar: It failed.');
  });

  it('is said once, and of each engine for itself', () => {
    const { notices, texts } = made();
    notices.tell('bad', 'It failed.', 'first');
    notices.tell('bad', 'It failed.', 'a1');
    notices.tell('bad', 'It failed.', 'first');
    expect(texts()).toEqual(['cellar: It failed.', 'It failed.']);
    notices.dismiss(notices.all[0]?.id ?? 0);
    expect(texts()).toEqual(['It failed.']);
  });
});
