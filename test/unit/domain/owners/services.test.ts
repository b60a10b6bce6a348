import { describe, expect, it } from 'vitest';
import { container, image } from '../arbitrary.js';
import {
  containerNeed,
  day,
  imageNeed,
  leaked,
  made,
  neededOf,
  network,
  networkNeed,
  told,
  usedAgo,
  volume,
  volumeNeed,
} from './support.js';

const task = (service: string, n = 1) => `${service}.${n}.${'0a'.repeat(12)}x`;

describe('Swarm', () => {
  const labels = { 'com.docker.swarm.task': '', 'com.docker.swarm.service.name': 'web' };
  it('owns a task by the key of its label, whatever its value', () => {
    expect(made({ labels })).toMatchObject({
      kind: 'swarm',
      unit: 'web',
      command: 'docker service update --image IMAGE web',
    });
    expect(made({ labels: { 'com.docker.swarm.service.name': 'web' } }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
    expect(containerNeed(container(1, 1, { labels }))?.until).toBe(Infinity);
  });

  it('needs the two images that a service`s tasks used last, while it has a task here', () => {
    const images = [1, 10, 20].map((days, i) =>
      image(i + 1, { refs: [`acme/web:${i}`], ...usedAgo(days * day, task('web', i)) }),
    );
    const containers = [container(9, 9, { labels })];
    expect(neededOf(images, { containers })).toEqual([1, 2]);
    const other = { ...labels, 'com.docker.swarm.service.name': 'db' };
    expect(neededOf(images, { containers: [container(9, 9, { labels: other })] })).toEqual([]);
    expect(imageNeed({ refs: ['a:1'], ...usedAgo(day, 'web.1') }, { containers })).toBeNull();
  });

  it('keeps stacks` volumes and networks, and the ingress', () => {
    const stack = { 'com.docker.stack.namespace': 'shop' };
    expect(told(volumeNeed(volume('shop_db', { labels: stack })))).toBe('Swarm shop');
    expect(told(networkNeed(network('shop_default', { labels: stack })))).toBe('Swarm shop');
    expect(told(networkNeed(network('ingress', { driver: 'overlay' })))).toBe('Swarm');
    expect(networkNeed(network('ingress'))).toBeNull();
  });

  it('keeps what a service mounts, in a stack or not, by the names that its Spec gives', () => {
    const service = (volumes: string[]) => ({
      id: 'svc',
      name: 'db',
      labels: {},
      runs: true,
      image: 'acme/db:1',
      previousImage: null,
      kept: [],
      volumes,
      hasData: volumes.length > 0,
      isJob: false,
      neverStarts: false,
      platform: null,
    });
    const of = (name: string, volumes: string[], answered = true) =>
      told(
        volumeNeed(volume(name), {
          swarm: { answered, elsewhere: false, services: [service(volumes)] },
        }),
      );
    expect(of('pgdata', ['pgdata'])).toBe('Swarm db');
    expect(of('pgdata', ['pgdata'], false)).toBe('Swarm db');
    expect(of('pgdata', ['pg'])).toBeNull();
    expect(of('data-2', ['data-{{.Task.Slot}}'])).toBe('Swarm db');
    expect(of('data', ['data-{{.Task.Slot}}'])).toBeNull();
    // Somebody else's text, which a matcher that tries every way would not be done with.
    expect(of('a'.repeat(200), [`${'{{.Task.Slot}}'.repeat(9)}z`])).toBeNull();
    expect(of('a+b', ['a.b'])).toBeNull();
    const labels = { 'com.docker.stack.namespace': 'shop' };
    const stacked = volume('pgdata', { labels });
    const swarm = { answered: true, elsewhere: false, services: [service(['pgdata'])] };
    expect(told(volumeNeed(stacked, { swarm }))).toBe('Swarm shop');
  });
});

describe('systemd', () => {
  it('owns what Quadlet starts, and needs the image that a stopped unit used last', () => {
    const labels = { PODMAN_SYSTEMD_UNIT: 'web.service' };
    expect(made({ labels })).toMatchObject({
      kind: 'systemd',
      unit: 'web.service',
      command: 'podman auto-update',
    });
    expect(made({ name: 'systemd-web' }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
    const images = [
      image(1, { refs: ['acme/web:2'], ...usedAgo(90 * day, 'systemd-web') }),
      image(2, { refs: ['acme/web:1'], ...usedAgo(100 * day, 'systemd-web') }),
      image(3, { refs: ['acme/db:1'], ...usedAgo(100 * day, 'my-systemd-db') }),
    ];
    expect(neededOf(images, { product: 'podman' })).toEqual([1]);
    expect(neededOf(images)).toEqual([]);
  });
});

describe('a person', () => {
  it('owns what no tool knows', () => {
    expect(made({ name: 'web', labels: { team: 'shop' } })).toEqual({
      kind: 'person',
      tool: '',
      unit: null,
      command: null,
      proof: '',
    });
  });
});
