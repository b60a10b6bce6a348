import { describe, expect, it } from 'vitest';
import { best, findImages, scoreOf, wordsOf } from '../../../renderer/app/palette/find.js';
import { ariaKeys, capsOf, isPressed, type Pressed } from '../../../renderer/app/palette/keys.js';
import type { ImageRow } from '../../../main/contract/slices.js';

const press = (key: string, rest: Partial<Pressed> = {}): Pressed => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...rest,
});
const image = (id: string, ...refs: string[]) => ({ id: `sha256:${id}`, refs }) as ImageRow;

describe('a key', () => {
  it('is Ctrl where macOS has Command', () => {
    const k = { key: 'k', mod: true };
    expect(isPressed(k, press('k', { ctrlKey: true }), false)).toBe(true);
    expect(isPressed(k, press('k', { ctrlKey: true }), true)).toBe(false);
    expect(isPressed(k, press('k', { metaKey: true }), true)).toBe(true);
    expect(isPressed(k, press('k'), false)).toBe(false);
    expect(isPressed(k, press('K', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(isPressed(k, press('k', { ctrlKey: true, altKey: true }), false)).toBe(false);
  });

  it('is found by its place where the layout has other letters, or signs over the digits', () => {
    const ctrl = { ctrlKey: true };
    const k = { key: 'k', mod: true };
    expect(isPressed(k, press('л', { ...ctrl, code: 'KeyK' }), false)).toBe(true);
    expect(isPressed(k, press('t', { ...ctrl, code: 'KeyK' }), false)).toBe(false);
    const two = { key: '2', mod: true };
    expect(isPressed(two, press('é', { ...ctrl, code: 'Digit2' }), false)).toBe(true);
    expect(isPressed(two, press('"', { ...ctrl, code: 'Digit3' }), false)).toBe(false);
  });

  it('is a sign wherever the layout has it', () => {
    expect(isPressed({ key: '?' }, press('?', { shiftKey: true }), false)).toBe(true);
    const slash = { key: '/', mod: true };
    expect(isPressed(slash, press('/', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
  });

  it('is shown as the keyboard of the system has it', () => {
    expect(capsOf({ key: 'k', mod: true }, true)).toEqual(['⌘', 'K']);
    expect(capsOf({ key: 'k', mod: true }, false)).toEqual(['Ctrl', 'K']);
    expect(capsOf({ key: 'f5' }, false)).toEqual(['F5']);
    expect(ariaKeys({ key: 'k', mod: true }, true)).toBe('Meta+K');
    expect(ariaKeys({ key: 'k', mod: true }, false)).toBe('Control+K');
  });
});

describe('what is typed', () => {
  it('is found by all its words, a beginning before any other place', () => {
    expect(wordsOf('  Clean  UP ')).toEqual(['clean', 'up']);
    expect(scoreOf('Clean up by the policy', ['clean', 'gone'])).toBe(0);
    const names = ['my-node', 'anode', 'node', 'redis'];
    expect(best(names, (name) => [name], ['node'], 9)).toEqual(['node', 'my-node', 'anode']);
    expect(best(names, (name) => [name], ['node'], 1)).toEqual(['node']);
  });

  it('finds 50 images at most, by any name or the beginning of an ID', () => {
    const many = Array.from({ length: 5000 }, (_, n) => image(`${n}`, `org/app-${n}:1`));
    expect(findImages(many, 'app')).toHaveLength(50);
    const rows = [image('abcd1', 'node:22', 'my/base:3'), image('ffff2')];
    expect(findImages(rows, 'base')).toEqual([rows[0]]);
    expect(findImages(rows, 'ffff')).toEqual([rows[1]]);
    expect(findImages(rows, 'ff')).toEqual([]);
    expect(findImages(rows, '')).toEqual([]);
  });
});
