import { describe, expect, it } from 'vitest';
import { container, image, now } from '../arbitrary.js';
import {
  containerNeed,
  day,
  hour,
  imageNeed,
  leaked,
  made,
  network,
  networkNeed,
  told,
  usedAgo,
  volume,
  volumeNeed,
} from './support.js';

describe('Testcontainers', () => {
  const labels = {
    'org.testcontainers': 'true',
    'org.testcontainers.lang': 'java',
    'org.testcontainers.sessionId': 'x',
  };
  it('owns its containers and Ryuk', () => {
    expect(made({ labels })).toMatchObject({ kind: 'ephemeral', tool: 'Testcontainers' });
    expect(told(made({ labels: { 'org.testcontainers.managed-by': 'testcontainers' } }))).toBe(
      'Testcontainers',
    );
    for (const name of ['testcontainers-ryuk-0a1b', 'reaper_0a1b'])
      expect(told(made({ name }))).toBe('Testcontainers');
    expect(made({ labels: { 'org.testcontainers': 'false' } }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
  });

  it('needs what it made for 24 hours, and while one of its containers runs', () => {
    const built = (ms: number) => ({ refs: ['localhost/x:1'], labels, ...usedAgo(ms) });
    expect(imageNeed(built(23 * hour))?.until).toBe(now + hour);
    expect(imageNeed(built(24 * hour))).toBeNull();
    const containers = [container(3, 3, { labels, state: 'running' })];
    expect(imageNeed(built(90 * day), { containers })?.until).toBe(Infinity);
    const ended = (ms: number) => container(1, 1, { labels, finished: now - ms });
    expect(containerNeed(ended(23 * hour))?.until).toBe(now + hour);
    expect(containerNeed(ended(25 * hour))).toBeNull();
    const lately = { labels, created: now - hour };
    expect(networkNeed(network('n', lately))?.until).toBe(now + 23 * hour);
    expect(networkNeed(network('n', { labels }))).toBeNull();
    expect(volumeNeed(volume('v', lately))?.until).toBe(now + 23 * hour);
  });

  it('needs reusable ones, and its helpers, for 7 days', () => {
    for (const mark of ['hash', 'container-hash', 'reuse-hash']) {
      const reusable = { [`org.testcontainers.${mark}`]: 'a1' };
      const ended = (days: number) =>
        containerNeed(container(1, 1, { labels: reusable, finished: now - days * day }));
      expect(ended(6)?.until).toBe(now + day);
      expect(ended(7)).toBeNull();
    }
    const ryuk = (days: number) =>
      imageNeed({ refs: ['testcontainers/ryuk:0.11'], ...usedAgo(days * day) });
    expect(ryuk(6)?.until).toBe(now + day);
    expect(ryuk(7)).toBeNull();
    expect(imageNeed({ refs: ['ada/ryuk:1'], ...usedAgo(hour) })).toBeNull();
  });
});

describe('act', () => {
  it('is known by its names alone', () => {
    expect(told(made({ name: `act-ci-build-${'0'.repeat(64)}` }))).toBe('act ci-build');
    expect(made({ name: 'act-ci-build' }).kind).toBe('person');
    for (const ref of ['act-my-action-dockeraction:latest', 'catthehacker/ubuntu:act-22.04']) {
      expect(imageNeed({ refs: [ref], ...usedAgo(23 * hour) })?.until).toBe(now + hour);
      expect(imageNeed({ refs: [ref], ...usedAgo(25 * hour) })).toBeNull();
    }
    expect(imageNeed({ refs: ['catthehacker/ubuntu-rust:1'], ...usedAgo(hour) })).toBeNull();
    expect(volumeNeed(volume('act-toolcache'))?.until).toBe(Infinity);
    expect(volumeNeed(volume('act-toolcache-2'))).toBeNull();
    expect(told(networkNeed(network('act-ci-build-network', { created: now - hour })))).toBe('act');
  });
});

describe('GitLab Runner', () => {
  const labels = { 'com.gitlab.gitlab-runner.managed': 'true' };
  it('keeps its caches; jobs are its own to remove', () => {
    expect(told(made({ labels }))).toBe('GitLab Runner');
    expect(told(made({ name: 'runner-x1-project-7-concurrent-0-build' }))).toBe('GitLab Runner');
    expect(made({ name: 'runner-x1' }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
    const cache = { ...labels, 'com.gitlab.gitlab-runner.type': 'cache' };
    expect(volumeNeed(volume('v', { labels: cache }))?.until).toBe(Infinity);
    expect(volumeNeed(volume('runner-x1-project-7-concurrent-0-cache-0a1b'))?.until).toBe(Infinity);
    expect(volumeNeed(volume('v', { labels }))).toBeNull();
    const helper = {
      refs: ['registry.gitlab.com/gitlab-org/gitlab-runner/gitlab-runner-helper:1'],
    };
    expect(imageNeed({ ...helper, ...usedAgo(6 * day) })?.until).toBe(now + day);
    expect(imageNeed({ ...helper, ...usedAgo(8 * day) })).toBeNull();
  });
});

describe('GitHub Actions runner', () => {
  it('is known by a bare label of six hex digits, and needs no image', () => {
    expect(told(made({ labels: { '0a1b2c': '' } }))).toBe('GitHub Actions runner');
    expect(made({ labels: { '0a1b2c': 'x' } }).kind).toBe('person');
    expect(made({ labels: { '0a1b2cd': '' } }).kind).toBe('person');
    expect(leaked({ '0a1b2c': '' }).kind).toBe('person');
    expect(imageNeed({ refs: [`0a1b2c:${'0'.repeat(32)}`], ...usedAgo(hour) })).toBeNull();
    const name = `github_network_${'0'.repeat(32)}`;
    expect(networkNeed(network(name, { created: now - hour }))?.until).toBe(now + 23 * hour);
    expect(networkNeed(network(name))).toBeNull();
  });
});

describe('Aspire', () => {
  const dcp = 'com.microsoft.developer.usvc-dev';
  const labels = { [`${dcp}.name`]: 'cache-a1b2', [`${dcp}.creatorProcessId`]: '12' };
  it('needs persistent ones for 7 days, others for 24 hours', () => {
    expect(told(made({ labels }))).toBe('Aspire cache-a1b2');
    expect(made({ labels: { 'com.microsoft.developer': 'x' } }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
    const ended = (more: Record<string, string>, ms: number) =>
      containerNeed(container(1, 1, { labels: { ...labels, ...more }, finished: now - ms }));
    expect(ended({}, 25 * hour)).toBeNull();
    expect(ended({ [`${dcp}.persistent`]: 'true' }, 25 * hour)?.until).toBe(
      now + 7 * day - 25 * hour,
    );
    const made25 = { created: now - 25 * hour };
    expect(networkNeed(network('aspire-session-network-x', made25))).toBeNull();
    expect(networkNeed(network('aspire-persistent-network-x', made25))).not.toBeNull();
    expect(volumeNeed(volume('shop.apphost-0a1b2c3d4e-postgres-data'))?.unit).toBe('shop.apphost');
    expect(volumeNeed(volume('shop-postgres-data'))).toBeNull();
    const tunnel = { refs: ['dcptun_developer_ms:1'], ...usedAgo(hour) };
    expect(told(imageNeed(tunnel))).toBe('Aspire');
  });
});

describe('Skaffold', () => {
  it('is known by its run', () => {
    const labels = { 'skaffold.dev/run-id': 'x' };
    expect(told(made({ labels }))).toBe('Skaffold');
    expect(made({ labels: { 'skaffold.dev': 'x' } }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
    expect(volumeNeed(volume('debugging-support-files'))?.until).toBe(Infinity);
    expect(volumeNeed(volume('debugging-files'))).toBeNull();
    expect(networkNeed(network('skaffold-network-x', { created: now - hour }))).not.toBeNull();
    expect(networkNeed(network('skaffold-network-x'))).toBeNull();
  });
});

describe('Telepresence', () => {
  it('is known by its names and its volumes` driver', () => {
    expect(told(made({ name: 'tp-dev-default-cn' }))).toBe('Telepresence dev-default');
    expect(made({ name: 'tp-dev' }).kind).toBe('person');
    expect(networkNeed(network('telepresence'))?.until).toBe(Infinity);
    expect(networkNeed(network('telepresence2'))).toBeNull();
    const driver = 'datawire/telemount:amd64';
    expect(volumeNeed(volume('v', { driver, created: now - hour }))).not.toBeNull();
    expect(volumeNeed(volume('v', { driver }))).toBeNull();
  });
});

describe('what Compose made and nobody runs any more', () => {
  it('is not an ephemeral tool`s', () => {
    expect(imageNeed(image(1, { refs: ['shop/web:1'], ...usedAgo(hour) }))).toBeNull();
  });
});
