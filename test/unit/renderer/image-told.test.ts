import { expect, it } from 'vitest';
import type { Answer } from '../../../main/contract/commands.js';
import { ToldOf } from '../../../renderer/app/images/told.svelte.js';

type Given = Answer<'image.get'>;

/** A state whose questions are answered by hand. */
function made() {
  const answers: ((answer: Given) => void)[] = [];
  const told = new ToldOf<'image.get'>(() => new Promise((resolve) => answers.push(resolve)));
  const answer = async (nth: number, given: object) => {
    answers[nth]?.(given as Given);
    await new Promise((done) => setImmediate(done));
  };
  return { told, answer };
}
const told = (state: string) => ({ ok: true, result: { state } });
const refused = { ok: false, error: { code: 'engine-slow', details: {} } };

it('what is told of an image is what was asked last, whatever is answered last', async () => {
  const { told: state, answer } = made();
  void state.ask('a');
  void state.ask('a');
  void state.ask('a');
  await answer(0, told('first'));
  expect(state.of('a')).toEqual({ state: 'first' });
  await answer(2, told('new'));
  await answer(1, told('old'));
  expect(state.of('a')).toEqual({ state: 'new' });
  expect(state.of('b')).toBeNull();
});

it('what could not be told says why, until it is told after all', async () => {
  const { told: state, answer } = made();
  void state.ask('a');
  await answer(0, refused);
  expect([state.of('a'), state.failureOf('a')?.code]).toEqual([null, 'engine-slow']);
  expect(state.failureOf('b')).toBeNull();
  void state.ask('a');
  await answer(1, told('there'));
  expect([state.of('a'), state.failureOf('a')]).toEqual([{ state: 'there' }, null]);
  void state.ask('a');
  await answer(2, refused);
  expect([state.of('a'), state.failureOf('a')?.code]).toEqual([{ state: 'there' }, 'engine-slow']);
});
