import { describe, expect, it } from 'vitest';
import { container, image, now } from '../arbitrary.js';
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

const p = 'com.docker.compose';

describe('DDEV', () => {
  const labels = {
    'com.ddev.platform': 'ddev',
    'com.ddev.site-name': 'shop',
    [`${p}.project`]: 'ddev-shop',
    [`${p}.config-hash`]: 'a1',
  };
  it('owns its containers before Compose', () => {
    expect(made({ labels, name: 'ddev-shop-web' })).toMatchObject({
      kind: 'devstack',
      tool: 'DDEV',
      unit: 'shop',
      command: 'ddev start shop',
    });
    expect(told(made({ name: 'ddev-router' }))).toBe('DDEV');
    expect(made({ name: 'ddev-shop-web' }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
  });

  it('needs the images that were used last, while it has anything here', () => {
    const images = [
      image(1, { refs: ['ddev/ddev-webserver:v1.24.0'], ...usedAgo(90 * day) }),
      image(2, { refs: ['ddev/ddev-webserver:v1.23.0'], ...usedAgo(200 * day) }),
      image(3, { refs: ['ddev/ddev-webserver:v1.24.0-shop-built'], ...usedAgo(91 * day) }),
      image(4, { refs: ['ddev/ddev-webserver:v1.23.0-shop-built'], ...usedAgo(201 * day) }),
      image(5, { refs: ['ada/ddev-webserver:1'], ...usedAgo(day) }),
    ];
    const volumes = [volume('shop-mariadb', { labels: { 'com.ddev.site-name': 'shop' } })];
    expect(neededOf(images, { volumes })).toEqual([1, 3]);
    expect(neededOf(images)).toEqual([]);
  });

  it('needs those that nothing tells the last use of, too, and they take no other`s place', () => {
    const volumes = [volume('shop-mariadb', { labels: { 'com.ddev.site-name': 'shop' } })];
    const known = (n: number, days: number) =>
      image(n, { refs: [`ddev/ddev-webserver:v1.${n}.0`], ...usedAgo(days * day) });
    const unknown = image(3, { refs: ['ddev/ddev-webserver:v1.3.0'] });
    // The first meeting was 200 days ago: until then it may have been used.
    expect(neededOf([known(1, 210), known(2, 220), unknown], { volumes })).toEqual([1, 3]);
    expect(neededOf([known(1, 190), known(2, 220), unknown], { volumes })).toEqual([1]);
  });

  it('keeps the databases and what goes with them', () => {
    const byCompose = { [`${p}.project`]: 'ddev-shop', [`${p}.volume`]: 'database' };
    expect(told(volumeNeed(volume('shop-mariadb', { labels: byCompose })))).toBe('DDEV shop');
    const lastUsed = { at: now - 300 * day, by: 'ddev-shop-db' };
    expect(told(volumeNeed(volume('shop-postgres', { lastUsed })))).toBe('DDEV shop');
    expect(volumeNeed(volume('other-postgres', { lastUsed }))).toBeNull();
    for (const name of ['ddev-shop-snapshots', 'shop_project_mutagen'])
      expect(told(volumeNeed(volume(name)))).toBe('DDEV shop');
    for (const name of ['ddev-global-cache', 'ddev-ssh-agent_socket_dir'])
      expect(told(volumeNeed(volume(name)))).toBe('DDEV');
    expect(volumeNeed(volume('shop-mariadb'))).toBeNull();
    expect(told(networkNeed(network('ddev_default')))).toBe('DDEV');
    expect(networkNeed(network('ddev_other'))).toBeNull();
  });
});

describe('Lando', () => {
  const labels = {
    'io.lando.container': 'TRUE',
    [`${p}.project`]: 'shop',
    [`${p}.config-hash`]: 'a1',
  };
  it('owns its containers before Compose, its proxy by name, and what it labels', () => {
    expect(told(made({ labels }))).toBe('Lando shop');
    expect(made({ labels }).command).toBe('lando rebuild -y');
    expect(told(made({ name: 'landoproxyhyperion5000gandalfedition_proxy_1' }))).toBe('Lando');
    expect(told(made({ labels: { ...labels, 'io.lando.container': 'FALSE' } }))).toBe(
      'Compose shop',
    );
    expect(leaked(labels).kind).toBe('person');
    const kept = { 'dev.lando.storage-volume': 'TRUE' };
    expect(told(volumeNeed(volume('x', { labels: kept })))).toBe('Lando');
    expect(volumeNeed(volume('home_assistant'))).toBeNull();
    expect(told(networkNeed(network('lando_bridge_network')))).toBe('Lando');
    expect(networkNeed(network('lando'))).toBeNull();
    const util = { refs: ['devwithlando/util:4'], ...usedAgo(90 * day) };
    const containers = [container(3, 3, { labels })];
    expect(told(imageNeed(util, { containers }))).toBe('Lando');
    expect(imageNeed(util)).toBeNull();
  });
});

describe('Supabase', () => {
  const labels = { 'com.supabase.cli.project': 'shop', [`${p}.project`]: 'shop' };
  it('owns what carries its own label, and keeps the databases', () => {
    expect(made({ labels })).toMatchObject({
      tool: 'Supabase',
      unit: 'shop',
      command: 'supabase stop && supabase start',
    });
    expect(made({ labels: { [`${p}.project`]: 'shop' } }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
    const volumes = [volume('supabase_db_shop', { labels })];
    expect(told(volumeNeed(volumes[0] ?? volume('')))).toBe('Supabase shop');
    expect(volumeNeed(volume('supabase_db_shop'))).toBeNull();
    expect(told(networkNeed(network('supabase_network_shop', { labels })))).toBe('Supabase shop');
    const images = [
      image(1, { refs: ['public.ecr.aws/supabase/postgres:17.6'], ...usedAgo(60 * day) }),
      image(2, { refs: ['public.ecr.aws/supabase/postgres:15.1'], ...usedAgo(200 * day) }),
      image(3, { refs: ['public.ecr.aws/supabase/studio:2026.1'], ...usedAgo(60 * day) }),
      image(4, { refs: ['ada/supabase:1'], ...usedAgo(day) }),
    ];
    expect(neededOf(images, { volumes })).toEqual([1, 3]);
    expect(neededOf(images)).toEqual([]);
  });
});

describe('LocalStack', () => {
  it('owns its main container and its Lambdas, and tells Compose`s command where Compose runs it', () => {
    const reference = 'localstack/localstack-pro:4';
    expect(told(made({ reference }))).toBe('LocalStack');
    expect(told(made({ name: 'localstack-main' }))).toBe('LocalStack');
    const composed = {
      [`${p}.config-hash`]: 'a',
      [`${p}.project`]: 'shop',
      [`${p}.service`]: 'aws',
    };
    expect(made({ reference, labels: composed })).toMatchObject({
      tool: 'LocalStack',
      unit: 'shop',
    });
    expect(made({ reference, labels: composed }).command).toContain('up -d aws');
    const lambda = { reference: 'public.ecr.aws/lambda/python:3.12' };
    expect(told(made({ ...lambda, name: 'main-lambda-resize-0a1b' }))).toBe('LocalStack main');
    expect(made({ ...lambda, name: 'my-function' }).kind).toBe('person');
    expect(made({ reference: 'ada/localstack:1' }).kind).toBe('person');
  });

  it('needs the Lambdas` images while it runs', () => {
    const runtime = { refs: ['public.ecr.aws/lambda/python:3.12'], ...usedAgo(90 * day) };
    const main = (state: 'running' | 'exited') => ({
      containers: [container(3, 3, { name: 'localstack-main', state })],
    });
    expect(imageNeed(runtime, main('running'))).toMatchObject({ tool: 'LocalStack' });
    expect(imageNeed(runtime, main('exited'))).toBeNull();
    const other = { refs: ['ada/lambda:1'], ...usedAgo(90 * day) };
    expect(imageNeed(other, main('running'))).toBeNull();
    expect(told(volumeNeed(volume('v', { mountedAt: '/var/lib/localstack' })))).toBe('LocalStack');
  });
});

describe('Tilt', () => {
  const labels = { 'dev.tilt.built': 'true' };
  it('has the last two of a name named in a plan', () => {
    const images = [10, 20, 30].map((days, i) =>
      image(i + 1, { refs: [`shop:tilt-${i}`], labels, ...usedAgo(days * day) }),
    );
    expect(neededOf(images)).toEqual([1, 2]);
    expect(imageNeed({ refs: ['shop:tilt-1'], labels })?.strength).toBe('untick');
    expect(imageNeed({ refs: ['shop:1'] })).toBeNull();
  });

  it('does not own a container that its image`s label leaks into', () => {
    expect(told(made({ labels }))).toBe('Tilt');
    expect(leaked(labels).kind).toBe('person');
  });
});

describe('ctlptl', () => {
  const labels = { 'dev.tilt.ctlptl.role': 'registry' };
  it('keeps its registry and what was pushed to it', () => {
    const name = 'ctlptl-registry';
    expect(told(made({ name, labels }))).toBe('ctlptl ctlptl-registry');
    expect(made({ name }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
    expect(containerNeed(container(1, 1, { labels }))?.until).toBe(Infinity);
    const anonymous = { anonymous: true, mountedAt: '/var/lib/registry' };
    const lastUsed = { at: now - 90 * day, by: name };
    expect(told(volumeNeed(volume('f'.repeat(64), { ...anonymous, lastUsed })))).toBe(
      'ctlptl ctlptl-registry',
    );
    expect(
      volumeNeed(volume('f'.repeat(64), { ...anonymous, lastUsed: { at: now, by: 'registry' } })),
    ).toBeNull();
  });
});
