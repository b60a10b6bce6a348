import { describe, expect, it } from 'vitest';
import { container, image } from '../arbitrary.js';
import {
  containerNeed,
  folder,
  imageNeed,
  leaked,
  made,
  network,
  networkNeed,
  told,
  volume,
  volumeNeed,
} from './support.js';

const p = 'com.docker.compose';
const labels = {
  [`${p}.project`]: 'shop',
  [`${p}.service`]: 'web',
  [`${p}.config-hash`]: 'a1b2',
  [`${p}.oneoff`]: 'False',
  [`${p}.project.working_dir`]: '/home/ada/shop',
  [`${p}.project.config_files`]: '/home/ada/shop/compose.yaml',
};

describe('Compose', () => {
  it('owns what carries its config hash, and tells the command with every file', () => {
    expect(made({ labels })).toEqual({
      kind: 'compose',
      tool: 'Compose',
      unit: 'shop',
      command:
        'docker compose -p shop -f /home/ada/shop/compose.yaml pull web && ' +
        'docker compose -p shop -f /home/ada/shop/compose.yaml up -d web',
      proof: `${p}.config-hash`,
    });
    const more = {
      [`${p}.project.config_files`]: '/home/ada/shop/compose.yaml,/etc/over ride.yaml',
      [`${p}.project.environment_file`]: '/home/ada/.env',
      [`${p}.project.working_dir`]: '/home/ada',
    };
    expect(made({ labels: { ...labels, ...more } }).command).toContain(
      "docker compose -p shop --project-directory /home/ada -f /home/ada/shop/compose.yaml -f '/etc/over ride.yaml' --env-file /home/ada/.env pull web",
    );
  });

  it('is quoted word by word: labels are other people`s input', () => {
    const evil = { ...labels, [`${p}.service`]: "x'; rm -rf ~ #" };
    expect(made({ labels: evil }).command).toContain("up -d 'x'\\''; rm -rf ~ #'");
    const option = { ...labels, [`${p}.service`]: '--help' };
    expect(made({ labels: option }).command).toContain("up -d '--help'");
  });

  it('builds anew the images that it built, whose labels leak into the container', () => {
    const imageLabels = { [`${p}.project`]: 'shop', [`${p}.service`]: 'web' };
    const owner = made({ labels }, { labels: imageLabels });
    expect(told(owner)).toBe('Compose shop');
    expect(owner.command).toContain('up -d --build web');
    expect(owner.command).not.toContain('pull');
  });

  it('tells no command where a file came from standard input', () => {
    const piped = { ...labels, [`${p}.project.config_files`]: '-' };
    expect(made({ labels: piped }).command).toBeNull();
  });

  it('does not own what only wears its paint, or what an image hands on', () => {
    const paint = { [`${p}.project`]: 'shop', [`${p}.service`]: 'web' };
    expect(made({ labels: paint }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
  });

  it('has the image that a service used last named in a plan, while the project stands', () => {
    const used = (more: Parameters<typeof folder>[1]) =>
      imageNeed({ refs: ['shop/web:1'], projects: [folder('compose', more)] });
    const named = { kind: 'compose', tool: 'Compose', unit: 'shop', strength: 'untick' };
    expect(used({ latestOf: ['web'] })).toMatchObject({ ...named, until: Infinity });
    expect(used({ latestOf: ['web'], present: null })).toMatchObject(named);
    expect(used({ latestOf: ['web'], present: false })).toBeNull();
    expect(used({ latestOf: [] })).toBeNull();
  });

  it('keeps a project`s volumes and networks, whose label says so', () => {
    const ofProject = { [`${p}.project`]: 'shop', [`${p}.volume`]: 'db', [`${p}.network`]: 'n' };
    expect(told(volumeNeed(volume('shop_db', { labels: ofProject })))).toBe('Compose shop');
    expect(told(networkNeed(network('shop_default', { labels: ofProject })))).toBe('Compose shop');
    const paint = { [`${p}.project`]: 'shop' };
    expect(volumeNeed(volume('shop_db', { labels: paint }))).toBeNull();
    expect(networkNeed(network('shop_default', { labels: paint }))).toBeNull();
    expect(volumeNeed(volume('shop_db'))).toBeNull();
  });

  it('names an external or anonymous volume by the container that mounts it', () => {
    const web = container(1, 1, { labels, volumes: ['external'] });
    expect(told(volumeNeed(volume('external'), { containers: [web] }))).toBe('Compose shop');
    const own = container(1, 1, { volumes: ['external'] });
    expect(volumeNeed(volume('external'), { containers: [own] })).toBeNull();
  });

  it('does not hold a container by itself', () => {
    expect(containerNeed(container(1, 1, { labels }))).toBeNull();
  });
});

describe('Compose run', () => {
  const oneOff = { ...labels, [`${p}.oneoff`]: 'True', [`${p}.slug`]: '0123456789ab' };
  it('is its own owner, and so is a hook without a config hash', () => {
    expect(told(made({ labels: oneOff }))).toBe('Compose run shop');
    const hook = { [`${p}.project`]: 'shop', [`${p}.hook`]: 'pre_start' };
    expect(told(made({ labels: hook }))).toBe('Compose run shop');
  });

  it('is not every container of the project', () => {
    expect(told(made({ labels: { ...labels, [`${p}.hook`]: 'pre_start' } }))).toBe('Compose shop');
    expect(leaked(oneOff).kind).toBe('person');
  });
});

describe('Portainer', () => {
  const stack = { ...labels, [`${p}.project.working_dir`]: '/data/compose/12' };
  it('owns a stack whose folder lies inside it, before Compose', () => {
    expect(made({ labels: stack })).toMatchObject({
      kind: 'compose',
      tool: 'Portainer',
      unit: 'shop',
      command: null,
    });
    const onWindows = { ...labels, [`${p}.project.working_dir`]: 'C:\\data\\compose\\3\\v1' };
    expect(made({ labels: onWindows }).tool).toBe('Portainer');
  });

  it('does not own one whose folder only sounds like it', () => {
    const near = { ...labels, [`${p}.project.working_dir`]: '/home/ada/data/compose/12' };
    expect(made({ labels: near }).tool).toBe('Compose');
    const own = made({ name: 'portainer', reference: 'portainer/portainer-ce:2.21' });
    expect(own.kind).toBe('person');
    expect(leaked(stack).kind).toBe('person');
  });

  it('has its stacks` images named though no file of theirs is on the host', () => {
    const inside = { folder: '/data/compose/12', present: false, latestOf: ['web'] };
    expect(imageNeed({ projects: [folder('compose', inside)] })?.strength).toBe('untick');
  });

  it('keeps its data', () => {
    expect(told(volumeNeed(volume('portainer_data')))).toBe('Portainer');
    expect(volumeNeed(volume('portainer_database'))).toBeNull();
  });

  it('asks for nothing of its superseded images', () => {
    expect(imageNeed(image(1, { refs: ['portainer/portainer-ce:2.20'] }))).toBeNull();
  });
});
