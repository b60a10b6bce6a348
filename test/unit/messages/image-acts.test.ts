import { expect, it } from 'vitest';
import { messages } from '../../../main/messages/index.js';

it('names of images that no command is for are one list, the others counted last', () => {
  const { held, lost } = messages('en').window.dockerCommands;
  expect(held(7, ['a', 'b', 'c'], 9)).toMatch(/^No command removes a, b, c and 4 more:/);
  expect(lost(3, ['a', 'b', 'c'], 9)).toMatch(/to have a, b and c:/);
  expect(messages('zh-CN').window.dockerCommands.held(7, ['a', 'b', 'c'], 9)).toContain(
    '移除 a、b、c 等 7 个镜像',
  );
});
