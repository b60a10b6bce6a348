import { describe, expect, it } from 'vitest';
import { engineNamed } from '../../../main/domain/engine-name.js';

const engine = (key: string, name: string | null, context: string | null, endpoint: string) => ({
  key,
  name,
  context,
  endpoint,
});

describe('the engine that a person means', () => {
  const all = [
    engine('first', 'laptop', null, 'unix:///a'),
    engine('0011', 'cellar', 'home', 'unix:///b'),
    engine('2233', 'twin', null, 'unix:///c'),
    engine('4455', 'twin', 'laptop', 'unix:///d'),
  ];

  it.each([
    ['0011', '0011'],
    ['first', 'first'],
    ['unix:///c', '2233'],
    ['cellar', '0011'],
    ['home', '0011'],
    // A name goes before another one's context.
    ['laptop', 'first'],
  ])('%s is %s', (text, key) => {
    expect(engineNamed(all, text)?.key).toBe(key);
  });

  it.each(['twin', 'nobody', ''])('%j is none of them', (text) => {
    expect(engineNamed(all, text)).toBeNull();
  });
});
