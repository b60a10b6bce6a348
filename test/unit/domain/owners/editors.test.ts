import { describe, expect, it } from 'vitest';
import { container, now } from '../arbitrary.js';
import {
  containerNeed,
  day,
  folder,
  imageNeed,
  leaked,
  made,
  told,
  usedAgo,
  volume,
  volumeNeed,
} from './support.js';

describe('Dev Containers', () => {
  const labels = {
    'devcontainer.local_folder': '/home/ada/my shop',
    'devcontainer.config_file': '/home/ada/my shop/.devcontainer/devcontainer.json',
  };
  it('owns a container by the folder it is for', () => {
    expect(made({ labels })).toEqual({
      kind: 'editor',
      tool: 'Dev Containers',
      unit: 'my shop',
      command: "devcontainer up --workspace-folder '/home/ada/my shop' --remove-existing-container",
      proof: 'devcontainer.local_folder',
    });
    const onWindows = { 'vsch.local.folder': 'c:\\Users\\ada\\shop' };
    expect(told(made({ labels: onWindows }))).toBe('Dev Containers shop');
    expect(told(made({ labels: { 'vsch.quality': 'stable' } }))).toBe('Dev Containers');
  });

  it('does not own what an image`s metadata leaks into', () => {
    expect(leaked({ 'devcontainer.metadata': '[]' }).kind).toBe('person');
    expect(made({ labels: { 'devcontainer.metadata': '[]' } }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
  });

  it('needs its image while the folder stands', () => {
    const refs = ['vsc-shop-0a1b2c-uid:latest'];
    const of = (present: boolean | null) =>
      imageNeed({ refs, projects: [folder('dev-container', { present })], ...usedAgo(400 * day) });
    expect(of(true)).toMatchObject({ unit: 'shop', until: Infinity, strength: 'hold' });
    expect(of(null)).toMatchObject({ strength: 'hold' });
    expect(of(false)).toBeNull();
    // Whose folder nobody saw: a person is asked.
    expect(imageNeed({ refs })).toMatchObject({ strength: 'untick', unit: null });
    expect(imageNeed({ refs: ['ada/vsc-shop:1'] })).toBeNull();
  });

  it('has one that a Compose project made named with the project', () => {
    const project = folder('compose', { latestOf: ['app'], name: 'shop_devcontainer' });
    expect(imageNeed({ refs: ['vsc-shop-0a1b:latest'], projects: [project] })).toMatchObject({
      strength: 'untick',
      unit: 'shop_devcontainer',
    });
  });

  it('needs the image that a folder uses as it is, too', () => {
    const base = { refs: ['mcr.microsoft.com/devcontainers/go:1'] };
    const projects = [folder('dev-container')];
    expect(told(imageNeed({ ...base, projects }))).toBe('Dev Containers shop');
    expect(
      imageNeed({ ...base, projects: [folder('dev-container', { present: false })] }),
    ).toBeNull();
    expect(imageNeed(base)).toBeNull();
  });

  it('keeps its volumes: the server, and source code cloned into one', () => {
    expect(told(volumeNeed(volume('vscode')))).toBe('Dev Containers');
    expect(volumeNeed(volume('vscode-cache'))).toBeNull();
    expect(volumeNeed(volume('shop', { mountedAt: '/workspaces' }))?.until).toBe(Infinity);
    expect(volumeNeed(volume('m', { mountedAt: '/workspaces/shop/node_modules' }))).not.toBeNull();
    expect(volumeNeed(volume('shop', { mountedAt: '/workspace' }))).toBeNull();
    expect(told(imageNeed({ refs: ['vsc-volume-bootstrap:latest'] }))).toBe('Dev Containers');
  });

  it('keeps a stopped container: all of an editor`s state is in it', () => {
    expect(containerNeed(container(1, 1, { labels }))?.until).toBe(Infinity);
  });
});

describe('JetBrains dev containers', () => {
  it('are known by their labels, and their volume by where it was mounted', () => {
    const labels = {
      'com.intellij.devcontainer.id': 'x',
      'com.intellij.devcontainer.sources.path': '/home/ada/shop',
    };
    expect(told(made({ labels }))).toBe('JetBrains dev containers shop');
    expect(made({ labels: { 'com.intellij.other': 'x' } }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
    const at = (mountedAt: string) => volumeNeed(volume('v', { mountedAt }));
    expect(told(at('/.jbdevcontainer'))).toBe('JetBrains dev containers');
    expect(at('/jbdevcontainer')).toBeNull();
  });
});

describe('DevPod', () => {
  it('owns its containers by label, and its images by their tag', () => {
    expect(made({ labels: { 'dev.containers.id': 'shop' } })).toMatchObject({
      kind: 'editor',
      tool: 'DevPod',
      unit: 'shop',
      command: 'devpod up shop --recreate',
    });
    expect(told(made({ labels: { 'devpod.user': 'ada' } }))).toBe('DevPod');
    expect(made({ labels: { devpod: 'x' } }).kind).toBe('person');
    expect(leaked({ 'dev.containers.id': 'shop' }).kind).toBe('person');
    const refs = [`shop:devpod-${'0'.repeat(32)}`];
    expect(told(imageNeed({ refs, projects: [folder('dev-container')] }))).toBe('DevPod shop');
    expect(imageNeed({ refs })?.strength).toBe('untick');
    expect(imageNeed({ refs: ['shop:devpod-1'] })).toBeNull();
  });
});

describe('PyCharm', () => {
  it('keeps its helpers, which are never started', () => {
    const name = 'pycharm_helpers_PY-243.21565';
    expect(told(made({ name, state: 'created' }))).toBe('PyCharm PY-243.21565');
    const helper = container(1, 1, { name, state: 'created', created: now - 300 * day });
    expect(containerNeed(helper)?.until).toBe(Infinity);
    expect(made({ name: 'my_pycharm_helpers' }).kind).toBe('person');
    expect(told(volumeNeed(volume('shop_pycharm_helpers_PY-243.21565')))).toBe(
      'PyCharm PY-243.21565',
    );
    expect(volumeNeed(volume('shop_pycharm_helpers'))).toBeNull();
  });
});
