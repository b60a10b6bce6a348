import { describe, expect, it } from 'vitest';
import type { ContainerFacts } from '../../../../main/domain/facts.js';
import { otherUpdater } from '../../../../main/domain/owners/other-updater.js';
import { container, image, inventory } from '../arbitrary.js';
import { day, imageNeed, leaked, made, told, usedAgo } from './support.js';

const found = (facts: Partial<ContainerFacts>, images = [image(1)]) =>
  otherUpdater(
    inventory(images, {
      containers: [container(1, 1, { name: 'it', state: 'running', mountsSocket: true, ...facts })],
    }),
  );

const repositories: [string, string][] = [
  ['Watchtower', 'containrrr/watchtower'],
  ['Watchtower', 'nickfedor/watchtower:1.12'],
  ['Watchtower', 'ghcr.io/nicholas-fedor/watchtower'],
  ['Watchtower', 'v2tec/watchtower'],
  ['Watchtower', 'beatkind/watchtower'],
  ["What's Up Docker", 'getwud/wud:8'],
  ["What's Up Docker", 'fmartinou/whats-up-docker'],
  ['drydock', 'codeswhat/drydock'],
  ['Shepherd', 'containrrr/shepherd'],
  ['Ouroboros', 'pyouroboros/ouroboros'],
  ['docker-gc', 'spotify/docker-gc'],
  ['docuum', 'stephanmisc/docuum'],
];

describe('another updater', () => {
  it.each(repositories)('%s is found by %s', (tool, reference) => {
    expect(found({ reference })).toEqual({ tool, container: 'it' });
    expect(told(made({ reference }))).toBe(tool);
    expect(imageNeed({ refs: [reference], ...usedAgo(400 * day) })).toMatchObject({
      kind: 'updater',
      tool,
      until: Infinity,
    });
  });

  it('is one that runs and has the engine`s socket', () => {
    const reference = 'containrrr/watchtower';
    expect(found({ reference, state: 'exited' })).toBeNull();
    expect(found({ reference, mountsSocket: false })).toBeNull();
    expect(found({ reference: 'ada/watchtowers' })).toBeNull();
  });

  it('is found by its image`s names where it was made by ID, and Watchtower by label', () => {
    const images = [image(1, { refs: ['containrrr/watchtower:latest'] })];
    expect(found({ reference: images[0]?.id ?? '' }, images)?.tool).toBe('Watchtower');
    const labels = { 'com.centurylinklabs.watchtower': 'true' };
    expect(found({ labels })?.tool).toBe('Watchtower');
    expect(found({ labels }, [image(1, { labels })])).toBeNull();
    expect(leaked(labels).kind).toBe('person');
    expect(told(made({ name: 'watchtower-old-1' }))).toBe('Watchtower');
  });

  it('is not Diun, which only tells', () => {
    const reference = 'crazymax/diun:4';
    expect(found({ reference })).toBeNull();
    expect(told(made({ reference }))).toBe('Diun');
    expect(imageNeed({ refs: [reference], ...usedAgo(400 * day) })?.tool).toBe('Diun');
  });

  it('owns before Compose, which may have started it', () => {
    const labels = { 'com.docker.compose.config-hash': 'x', 'com.docker.compose.project': 'tools' };
    expect(told(made({ labels, reference: 'getwud/wud:8' }))).toBe("What's Up Docker");
  });
});
