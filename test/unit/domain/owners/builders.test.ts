import { describe, expect, it } from 'vitest';
import { container, digestOf, image, now } from '../arbitrary.js';
import {
  containerNeed,
  day,
  imageNeed,
  leaked,
  made,
  neededOf,
  told,
  usedAgo,
  volume,
  volumeNeed,
} from './support.js';

describe('buildx', () => {
  it('keeps builder, image and cache', () => {
    const name = 'buildx_buildkit_multi0';
    expect(told(made({ name }))).toBe('buildx multi0');
    expect(made({ name: 'buildkit' }).kind).toBe('person');
    expect(containerNeed(container(1, 1, { name }))?.until).toBe(Infinity);
    const old = usedAgo(400 * day);
    expect(imageNeed({ refs: ['moby/buildkit:buildx-stable-1'], ...old })).toMatchObject({
      kind: 'builder',
      until: Infinity,
    });
    expect(imageNeed({ refs: ['ada/buildkit:1'], ...old })).toBeNull();
    expect(told(volumeNeed(volume(`${name}_state`)))).toBe('buildx multi0');
    expect(volumeNeed(volume(`${name}_other`))).toBeNull();
  });

  it('does not need an image that a pull superseded', () => {
    const digest = (n: number) => [`moby/buildkit@${digestOf(n)}`];
    const tagged = image(1, { refs: ['moby/buildkit:buildx-stable-1'], digests: digest(1) });
    const superseded = image(2, { digests: digest(2) });
    expect(neededOf([tagged, superseded])).toEqual([1]);
    expect(neededOf([superseded])).toEqual([1]);
  });
});

describe('Dagger', () => {
  it('keeps its engine, and the anonymous volume that is its whole cache', () => {
    const engine = 'registry.dagger.io/engine';
    expect(told(made({ name: 'dagger-engine-v0.13' }))).toBe('Dagger');
    expect(told(made({ name: 'x', reference: `${engine}:v0.13` }))).toBe('Dagger');
    expect(made({ name: 'my-dagger-engine' }).kind).toBe('person');
    expect(told(imageNeed({ refs: [`${engine}:v0.13`] }))).toBe('Dagger');
    expect(imageNeed({ refs: ['ada/engine:1'] })).toBeNull();
    const lastUsed = { at: now - 300 * day, by: 'dagger-engine-v0.13' };
    const at = (mountedAt: string) =>
      volumeNeed(volume('f'.repeat(64), { anonymous: true, mountedAt, lastUsed }));
    expect(at('/var/lib/dagger')).toMatchObject({ tool: 'Dagger', until: Infinity });
    expect(at('/var/lib/data')).toBeNull();
  });
});

describe('Earthly', () => {
  it('keeps its daemon, image and cache', () => {
    expect(told(made({ name: 'earthly-buildkitd' }))).toBe('Earthly');
    const labels = { 'dev.earthly.settingshash': 'x' };
    expect(told(made({ labels }))).toBe('Earthly');
    expect(leaked(labels).kind).toBe('person');
    expect(made({ name: 'earthly' }).kind).toBe('person');
    expect(told(imageNeed({ refs: ['earthly/buildkitd:v0.8'] }))).toBe('Earthly');
    expect(imageNeed({ refs: ['earthly/earthly:v0.8'] })).toBeNull();
    expect(told(volumeNeed(volume('earthly-cache')))).toBe('Earthly');
    expect(volumeNeed(volume('earthly-caches'))).toBeNull();
  });
});
