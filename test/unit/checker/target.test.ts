import { describe, expect, it } from 'vitest';
import { CareenError } from '../../../main/domain/errors.js';
import { imageId } from '../domain/arbitrary.js';
import { day, digestOf, now, pulled, running, Stage, told, unreachable } from './stage.js';

const policy = (rules: string) => `version: 1
update:
  default: { ${rules} }
`;

/** A stage on which `app` runs version 1 and its registry shows version 2. */
function updatable(rules = 'mode: notify', app = {}) {
  const stage = new Stage({
    policy: policy(rules),
    images: [pulled(1, ['acme/app:1.0'])],
    containers: [running(1, 1, 'app', 'acme/app:1.0', app)],
  });
  stage.heads.set('acme/app:1.0', digestOf(2));
  stage.images.set(
    digestOf(2),
    told(2, { labels: { 'org.opencontainers.image.version': '1.0.7' } }),
  );
  return stage;
}

describe('what a container is to be updated to', () => {
  it('is asked of its registry again', async () => {
    const stage = updatable();
    const target = await stage.checker.target('app', null);
    expect(target).toMatchObject({
      container: 'app',
      from: { tag: '1.0', digest: digestOf(1), imageId: imageId(1) },
      to: { tag: '1.0', digest: digestOf(2), imageId: null, label: '1.0.7' },
      reference: 'acme/app:1.0',
      pullBy: `acme/app@${digestOf(2)}`,
      source: 'registry',
      heldBack: null,
      refused: null,
      bytes: 0,
    });
    expect(stage.takeAsked()).toEqual(['HEAD acme/app:1.0', `image ${digestOf(2)}`]);
    stage.heads.set('acme/app:1.0', digestOf(3));
    expect((await stage.checker.target('app', null)).to.digest).toBe(digestOf(3));
  });

  it('is what the engine has already, where it has it', async () => {
    const stage = updatable();
    await stage.holds(stage.inventory.containers, [
      pulled(1, [], { digests: [`acme/app@${digestOf(1)}`] }),
      pulled(2, ['acme/app:1.0']),
    ]);
    expect(await stage.checker.target('app', null)).toMatchObject({
      to: { imageId: imageId(2) },
      pullBy: null,
      source: 'pulled',
      refused: null,
      bytes: 0,
    });
    stage.heads.set('acme/app:1.0', unreachable);
    expect(await stage.checker.target('app', null)).toMatchObject({ refused: null });
  });

  it('is another tag, the newest or the one that is named', async () => {
    const stage = updatable('mode: notify, tags: minor');
    stage.heads.set('acme/app:1.0', digestOf(1));
    stage.tags.set('docker.io/acme/app', ['1.1', '1.2']);
    stage.heads.set('acme/app:1.1', digestOf(11)).set('acme/app:1.2', digestOf(12));
    expect(await stage.checker.target('app', null)).toMatchObject({
      to: { tag: '1.2', digest: digestOf(12) },
      reference: 'acme/app:1.2',
    });
    stage.takeAsked();
    expect(await stage.checker.target('app', '1.1')).toMatchObject({
      to: { tag: '1.1', digest: digestOf(11) },
      reference: 'acme/app:1.1',
      pullBy: `acme/app@${digestOf(11)}`,
      // What it fetches is not known while its manifest is not.
      bytes: null,
      refused: null,
    });
    expect(stage.takeAsked()).toEqual(['HEAD acme/app:1.1', `image ${digestOf(11)}`]);
    await expect(stage.checker.target('app', '3.0')).rejects.toMatchObject({
      code: 'version-unknown',
      details: { container: 'app', wanted: '3.0' },
    });
  });

  it('holds back for `auto` what is younger than the policy says, and not for a person', async () => {
    const stage = updatable('mode: auto, minAge: 1d');
    const held = async (by: 'auto' | 'all' | null) =>
      (await stage.checker.target('app', null, by)).heldBack;
    expect(await held(null)).toEqual({ code: 'min-age', until: now + day });
    expect(await held('auto')).toEqual({ code: 'min-age', until: now + day });
    expect(await held('all')).toBeNull();
  });

  it('is refused where there is nothing new, or nobody can tell', async () => {
    const stage = updatable();
    const refused = async (said: string | null | CareenError) => {
      stage.heads.set('acme/app:1.0', said);
      return (await stage.checker.target('app', null)).refused;
    };
    expect(await refused(digestOf(1))).toEqual({ code: 'nothing-new' });
    expect(await refused(null)).toMatchObject({
      code: 'unreachable',
      error: { code: 'registry-lacks', details: { what: 'manifest' } },
    });
    expect(await refused(unreachable)).toMatchObject({
      code: 'unreachable',
      error: { code: 'registry-unreachable' },
    });
    const lacks = new CareenError('registry-lacks', {
      reference: 'acme/app:1.0',
      what: 'platform',
      platform: 'linux/amd64',
    });
    stage.images.set(digestOf(2), lacks);
    expect(await refused(digestOf(2))).toMatchObject({
      code: 'unreachable',
      error: { code: 'registry-lacks' },
    });
  });

  it('is refused where the container is another`s, paused, pinned or gone', async () => {
    const ofAnother = updatable('mode: notify', {
      labels: { 'com.ddev.platform': 'ddev', 'com.ddev.site-name': 'shop' },
    });
    expect((await ofAnother.checker.target('app', null)).refused).toMatchObject({
      code: 'owned',
      owner: { tool: 'DDEV' },
    });
    const paused = updatable('mode: notify', { state: 'paused' });
    expect((await paused.checker.target('app', null)).refused).toEqual({ code: 'paused' });
    const pinned = updatable('mode: notify', { reference: `acme/app@${digestOf(1)}` });
    expect((await pinned.checker.target('app', null)).refused).toEqual({
      code: 'not-checked',
      why: 'pinned',
    });
    await expect(pinned.checker.target('gone', null)).rejects.toMatchObject({
      code: 'container-unknown',
    });
  });

  it('is told in detail, read once of each version', async () => {
    const stage = updatable();
    stage.images.set(
      digestOf(2),
      told(2, {
        labels: { 'org.opencontainers.image.source': 'https://example.org/app' },
        defaults: { Env: ['A=1'] },
      }),
    );
    const target = await stage.checker.target('app', null);
    stage.takeAsked();
    expect(await stage.checker.details(target)).toMatchObject({
      link: 'https://example.org/app',
      defaults: { Env: ['A=1'] },
      bytes: 0,
    });
    expect(stage.takeAsked()).toEqual([]);
  });

  it('"all" takes what runs and is nobody else`s, checked again', async () => {
    const stage = new Stage({
      images: [pulled(1, ['app:1'])],
      containers: [
        running(1, 1, 'app', 'app:1'),
        running(2, 1, 'asleep', 'app:1', { state: 'exited' }),
        running(3, 1, 'kind', 'app:1', { labels: { 'io.x-k8s.kind.cluster': 'dev' } }),
      ],
    });
    stage.heads.set('app:1', digestOf(2));
    expect(await stage.checker.all()).toEqual(['app']);
    await stage.checker.skip('app', true);
    expect(await stage.checker.all()).toEqual([]);
  });
});
