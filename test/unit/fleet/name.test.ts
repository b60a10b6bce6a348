import { describe, expect, it } from 'vitest';
import { enginesNamed } from '../../../main/domain/engine-name.js';

const engine = (key: string, name: string | null, context: string | null, endpoint: string) => ({
  key,
  name,
  context,
  endpoint,
  aliases: key === '0011' ? ['ssh://b'] : [],
});

describe('the engine that a person means', () => {
  const all = [
    engine('first', 'laptop', null, 'unix:///a'),
    engine('0011', 'cellar', 'home', 'unix:///b'),
    engine('2233', 'twin', null, 'unix:///c'),
    engine('4455', 'twin', 'laptop', 'unix:///d'),
    engine('6677', null, 'build', 'unix:///e'),
    engine('8899', 'attic', 'roof', 'unix:///f'),
    engine('aabb', null, 'attic', 'unix:///g'),
    engine('ccdd', '0011', null, 'unix:///h'),
  ];
  const keysOf = (text: string) => enginesNamed(all, text).map(({ key }) => key);

  it.each([
    ['first', 'first'],
    ['unix:///c', '2233'],
    ['cellar', '0011'],
    ['home', '0011'],
    ['ssh://b', '0011'],
    ['build', '6677'],
    // A name goes before the context of another one that is called otherwise.
    ['laptop', 'first'],
  ])('%s is %s', (text, key) => {
    expect(keysOf(text)).toEqual([key]);
  });

  it.each([
    ['twin', ['2233', '4455']],
    // One is called so by a person, the other by its context: they look the same in the list.
    ['attic', ['8899', 'aabb']],
    // One's name is another's key.
    ['0011', ['0011', 'ccdd']],
    ['nobody', []],
    ['', []],
  ])('%j may be %j', (text, keys) => {
    expect(keysOf(text)).toEqual(keys);
  });
});
