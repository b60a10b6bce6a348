import { describe, expect, it } from 'vitest';
import type { Version } from '../../../main/domain/update/types.js';
import { versionName, versionPair } from '../../../main/messages/version.js';

const digest = (seed: string) => `sha256:${seed.repeat(64).slice(0, 64)}`;
const version = (over: Partial<Version>): Version => ({
  tag: null,
  digest: null,
  imageId: null,
  created: null,
  label: null,
  ...over,
});

describe('what a version is called', () => {
  it.each([
    [{ tag: '16', label: '16.4' }, '16.4'],
    [{ tag: '7.4-alpine', label: 'v7.4.1' }, 'v7.4.1'],
    [{ tag: 'latest', label: '2.1.0' }, '2.1.0'],
    [{ tag: '1.27.2', label: '24.04' }, '1.27.2'],
    [{ tag: '16', label: '24.04' }, '16'],
    [{ tag: '1', label: '16.4' }, '1'],
    [{ tag: 'latest', label: '' }, 'latest'],
    [{ tag: 'latest' }, 'latest'],
    [{ digest: digest('a1') }, 'a1a1a1a1'],
    [{ imageId: digest('b2') }, 'b2b2b2b2'],
    [{}, '–'],
  ])('%j: %s', (over, name) => {
    expect(versionName(version(over))).toBe(name);
  });

  it('is cut where a label is long', () => {
    expect(versionName(version({ label: 'x'.repeat(400) })).length).toBeLessThanOrEqual(32);
  });
});

describe('two versions beside each other', () => {
  const pair = (from: Partial<Version>, to: Partial<Version>) => {
    const named = versionPair(version(from), version(to));
    return `${named.from} ${named.to}`;
  };
  it('are told by labels, tags, or digests, whichever differ', () => {
    expect(pair({ tag: '16', label: '16.4' }, { tag: '16', label: '16.6' })).toBe('16.4 16.6');
    expect(pair({ tag: '1.27.2' }, { tag: '1.27.3' })).toBe('1.27.2 1.27.3');
    expect(
      pair({ tag: 'latest', digest: digest('a1') }, { tag: 'latest', digest: digest('b2') }),
    ).toBe('a1a1a1a1 b2b2b2b2');
  });
  it('are told by digest where the new one is not read yet, or has the same label', () => {
    expect(
      pair({ tag: '16', label: '16.4', digest: digest('a1') }, { tag: '16', digest: digest('b2') }),
    ).toBe('16.4 b2b2b2b2');
    expect(
      pair(
        { tag: '16', label: '16.4', digest: digest('a1') },
        { tag: '16', label: '16.4', digest: digest('b2') },
      ),
    ).toBe('a1a1a1a1 b2b2b2b2');
  });
  it('are told as finely as each is known, where the tag changes', () => {
    expect(pair({ tag: '16', label: '16.4' }, { tag: '17' })).toBe('16.4 17');
  });
});
