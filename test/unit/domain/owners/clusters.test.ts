import { describe, expect, it } from 'vitest';
import { container, image, now } from '../arbitrary.js';
import {
  containerNeed,
  day,
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

const node = { 'io.x-k8s.kind.cluster': 'dev', 'io.x-k8s.kind.role': 'control-plane' };

describe('kind', () => {
  it('owns a node by its label', () => {
    expect(made({ labels: node })).toMatchObject({ kind: 'cluster', tool: 'kind', unit: 'dev' });
    expect(made({ name: 'dev-control-plane' }).kind).toBe('person');
    expect(leaked(node).kind).toBe('person');
  });

  it('needs a node`s image while there is a node, and 30 days after the last sign', () => {
    const refs = ['kindest/node:v1.31.0'];
    const long = { refs, ...usedAgo(400 * day, 'dev-control-plane') };
    const nodes = [container(7, 7, { labels: node, state: 'exited' })];
    expect(imageNeed(long, { containers: nodes })).toEqual({
      kind: 'cluster',
      tool: 'kind',
      unit: 'dev',
      until: Infinity,
      strength: 'hold',
    });
    expect(imageNeed(long)).toBeNull();
    const lately = imageNeed({ refs, ...usedAgo(29 * day, 'dev-worker2') });
    expect(lately).toMatchObject({ unit: 'dev', until: now + day });
    expect(imageNeed({ refs, ...usedAgo(30 * day, 'dev-worker2') })).toBeNull();
    expect(
      imageNeed({ refs: [], digests: [`kindest/node@sha256:${'a'.repeat(64)}`], ...usedAgo(day) }),
    ).not.toBeNull();
    expect(imageNeed({ refs: ['kindest/node-builder:v1'], ...usedAgo(day) })).toBeNull();
  });

  it('takes the first meeting for the last sign where nothing is known', () => {
    const refs = ['kindest/node:v1.31.0'];
    expect(imageNeed({ refs }, { firstMet: now - day })?.until).toBe(now + 29 * day);
    expect(imageNeed({ refs }, { firstMet: now - 31 * day })).toBeNull();
    expect(imageNeed({ refs }, { firstMet: null })?.until).toBe(now + 30 * day);
  });

  it('knows its cluster`s anonymous volume by the name of the node that mounted it', () => {
    const lost = (mountedAt: string, by: string, anonymous = true) =>
      volumeNeed(
        volume('f'.repeat(64), { anonymous, mountedAt, lastUsed: { at: now - 90 * day, by } }),
      );
    expect(lost('/var', 'dev-control-plane')).toMatchObject({ unit: 'dev', until: Infinity });
    expect(lost('/var', 'web')).toBeNull();
    expect(lost('/data', 'dev-control-plane')).toBeNull();
    expect(lost('/var', 'dev-worker', false)).toBeNull();
  });

  it('keeps its network and a stopped node', () => {
    expect(told(networkNeed(network('kind')))).toBe('kind');
    expect(networkNeed(network('kindly'))).toBeNull();
    expect(containerNeed(container(1, 1, { labels: node }))?.until).toBe(Infinity);
  });
});

describe('k3d', () => {
  const labels = { app: 'k3d', 'k3d.cluster': 'dev', 'k3d.role': 'server' };
  it('owns its nodes, images, volume and network', () => {
    expect(told(made({ labels }))).toBe('k3d dev');
    expect(made({ labels: { app: 'k3dx', 'k3d.cluster': 'dev' } }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
    const refs = ['rancher/k3s:v1.31.0-k3s1'];
    expect(told(imageNeed({ refs, ...usedAgo(day, 'k3d-dev-server-0') }))).toBe('k3d dev');
    expect(imageNeed({ refs, ...usedAgo(31 * day) })).toBeNull();
    expect(imageNeed({ refs: ['rancher/k3s-upgrade:v1'], ...usedAgo(day) })).toBeNull();
    expect(told(volumeNeed(volume('k3d-dev-images')))).toBe('k3d dev');
    expect(told(volumeNeed(volume('x', { labels })))).toBe('k3d dev');
    expect(told(networkNeed(network('k3d-dev')))).toBe('k3d dev');
    expect(networkNeed(network('ak3d-dev'))).toBeNull();
  });
});

describe('minikube', () => {
  const labels = {
    'created_by.minikube.sigs.k8s.io': 'true',
    'name.minikube.sigs.k8s.io': 'minikube',
  };
  it('owns its node, and the volume named as the node', () => {
    expect(told(made({ labels, name: 'minikube' }))).toBe('minikube minikube');
    expect(made({ name: 'minikube' }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
    expect(told(volumeNeed(volume('dev', { labels })))).toBe('minikube minikube');
    const mounted = { mountedAt: '/var', lastUsed: { at: now, by: 'dev' } };
    expect(told(volumeNeed(volume('dev', mounted)))).toBe('minikube dev');
    expect(volumeNeed(volume('other', mounted))).toBeNull();
    expect(told(networkNeed(network('dev', { labels })))).toBe('minikube minikube');
    const refs = ['gcr.io/k8s-minikube/kicbase:v0.0.45'];
    expect(told(imageNeed({ refs, ...usedAgo(day, 'minikube') }))).toBe('minikube minikube');
    expect(imageNeed({ refs, ...usedAgo(31 * day) })).toBeNull();
    expect(imageNeed({ refs: ['ada/kicbased:1'], ...usedAgo(day) })).toBeNull();
  });
});

describe('Kubernetes on the engine', () => {
  const labels = { 'io.kubernetes.docker.type': 'container', 'io.kubernetes.pod.name': 'web' };
  it('owns pods by label or by name', () => {
    expect(told(made({ labels }))).toBe('Kubernetes');
    expect(told(made({ name: 'k8s_POD_web-1_default_0a1b_0' }))).toBe('Kubernetes');
    expect(made({ name: 'k8s_web' }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
  });

  it('needs its images while a pod is there, and 30 days after', () => {
    for (const ref of [
      'registry.k8s.io/pause:3.9',
      'rancher/pause:3.6',
      'registry.k8s.io/etcd:3',
    ]) {
      expect(imageNeed({ refs: [ref], ...usedAgo(29 * day) })?.until).toBe(now + day);
      expect(imageNeed({ refs: [ref], ...usedAgo(31 * day) })).toBeNull();
    }
    const containers = [container(5, 5, { labels, state: 'running' })];
    const old = { refs: ['registry.k8s.io/etcd:3'], ...usedAgo(90 * day) };
    expect(imageNeed(old, { containers })?.until).toBe(Infinity);
    expect(imageNeed({ refs: ['ada/unpause:1'], ...usedAgo(day) })).toBeNull();
  });

  it('holds by name in Docker Desktop, which hides its containers', () => {
    const old = (ref: string) => ({ refs: [ref], ...usedAgo(400 * day) });
    const desktop = { product: 'docker-desktop', useIncomplete: 'kubernetes' } as const;
    for (const ref of [
      'registry.k8s.io/etcd:3',
      'docker/desktop-storage-provisioner:v2',
      'kindest/node:v1',
      'envoyproxy/envoy:v1',
    ])
      expect(imageNeed(old(ref), desktop)).toMatchObject({ tool: 'Kubernetes', until: Infinity });
    // Without a sign of its cluster these are what a person pulled.
    expect(imageNeed(old('envoyproxy/envoy:v1'), { product: 'docker-desktop' })).toBeNull();
    expect(imageNeed(old('envoyproxy/envoy:v1'), { useIncomplete: 'kubernetes' })).toBeNull();
    expect(imageNeed(old('docker/desktop-x:1'))?.until).toBe(Infinity);
    expect(imageNeed(image(1, old('docker/desktops:1')), desktop)).toBeNull();
  });
});
