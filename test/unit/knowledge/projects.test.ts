import { describe, expect, it } from 'vitest';
import type { ContainerFacts } from '../../../main/domain/facts.js';
import {
  type KnownProject,
  projectBounds,
  projectKey,
  projectOf,
  projectsByImage,
  prunedProjects,
  withContainer,
} from '../../../main/services/knowledge/projects.js';
import { container, imageId } from '../domain/arbitrary.js';

const compose = {
  'com.docker.compose.project': 'acme',
  'com.docker.compose.service': 'web',
  'com.docker.compose.version': '2.26.1',
};
const up = {
  ...compose,
  'com.docker.compose.config-hash': 'f00',
  'com.docker.compose.oneoff': 'False',
  'com.docker.compose.project.working_dir': '/home/ada/acme',
  'com.docker.compose.project.config_files': '/home/ada/acme/a.yaml,/home/ada/acme/b.yaml',
};
const labelled = (labels: Record<string, string>) => container(1, 1, { labels });

describe('whose a container is', () => {
  it('is told by its labels with the config hash', () => {
    expect(projectOf(labelled(up), {})).toEqual({
      kind: 'compose',
      name: 'acme',
      folder: '/home/ada/acme',
      files: ['/home/ada/acme/a.yaml', '/home/ada/acme/b.yaml'],
      service: 'web',
    });
    expect(projectOf(labelled(compose), {})).toBeNull();
  });

  it('is told though Compose built the image and gave it the name, too', () => {
    expect(projectOf(labelled(up), compose)?.name).toBe('acme');
  });

  it('is not told by what the image carries', () => {
    expect(projectOf(labelled(compose), compose)).toBeNull();
    // An image that was committed from a container carries everything.
    expect(projectOf(labelled(up), up)).toBeNull();
    const dev = { 'devcontainer.local_folder': '/home/ada/site' };
    expect(projectOf(labelled(dev), dev)).toBeNull();
  });

  it('is no service of `compose run`', () => {
    const once = { ...up, 'com.docker.compose.oneoff': 'True' };
    expect(projectOf(labelled(once), {})).toMatchObject({ name: 'acme', service: null });
  });

  it('is a dev container by its folder, of either version', () => {
    const dev = {
      'devcontainer.local_folder': 'C:\\work\\site',
      'devcontainer.config_file': 'C:\\work\\site\\.devcontainer\\devcontainer.json',
    };
    expect(projectOf(labelled(dev), {})).toEqual({
      kind: 'dev-container',
      name: 'site',
      folder: 'C:\\work\\site',
      files: ['C:\\work\\site\\.devcontainer\\devcontainer.json'],
      service: null,
    });
    expect(projectOf(labelled({ 'vsch.local.folder': '/home/ada/old/' }), {})?.name).toBe('old');
  });
});

/** After these containers of one project, each with its image and times. */
function after(...seen: (Partial<ContainerFacts> & { image: number; at: number })[]) {
  let known: KnownProject | undefined;
  for (const { image, at, ...facts } of seen) {
    const one = container(image, image, { labels: up, ...facts });
    const of = projectOf(one, {});
    if (of) known = withContainer(known, of, one, at);
  }
  if (!known) throw new Error('no project');
  return known;
}

describe('what is remembered of a project', () => {
  it('is the last use of each image, and the image of each service that was created last', () => {
    const known = after(
      { image: 1, created: 10, at: 50 },
      // Compose makes the new one before it stops the old one.
      { image: 2, created: 40, at: 45 },
      { image: 1, created: 10, at: 60 },
    );
    expect(known.images).toEqual([
      { id: imageId(1), at: 60 },
      { id: imageId(2), at: 45 },
    ]);
    expect(known.services).toEqual([{ name: 'web', image: imageId(2), at: 40 }]);
    const told = projectsByImage([known], new Map([[projectKey(known), true]]));
    expect(told.get(imageId(2))).toEqual([
      expect.objectContaining({ name: 'acme', lastUsed: 45, present: true, latestOf: ['web'] }),
    ]);
    expect(told.get(imageId(1))?.[0]).toMatchObject({ lastUsed: 60, latestOf: [] });
  });

  it('is the very same when nothing new was seen', () => {
    const one = container(1, 1, { labels: up, created: 10 });
    const of = projectOf(one, {});
    const known = after({ image: 1, created: 10, at: 50 });
    expect(of && withContainer(known, of, one, 50)).toBe(known);
    expect(of && withContainer(known, of, one, 49)).toBe(known);
  });

  it('is the files that it was brought up with last', () => {
    const files = (list: string) => ({ ...up, 'com.docker.compose.project.config_files': list });
    const known = after(
      { image: 1, at: 50, labels: files('/home/ada/acme/new.yaml') },
      { image: 2, at: 20, labels: files('/home/ada/acme/old.yaml') },
    );
    expect(known.files).toEqual(['/home/ada/acme/new.yaml']);
  });

  it('is bounded: images of one, projects in all, projects told of an image', () => {
    const many = Array.from({ length: projectBounds.images + 30 }, (_, n) => ({
      image: n,
      at: n + 1,
    }));
    const known = after(...many);
    expect(known.images).toHaveLength(projectBounds.images);
    expect(known.images[0]?.at).toBe(many.length);
    const projects = Array.from({ length: projectBounds.projects + 30 }, (_, n) => ({
      ...known,
      folder: `/home/ada/${n}`,
      lastUsed: n,
    }));
    const pruned = prunedProjects(projects, (id) => id !== known.images[0]?.id);
    expect(pruned).toHaveLength(projectBounds.projects);
    expect(pruned.map(({ lastUsed }) => lastUsed)).not.toContain(0);
    expect(pruned[0]?.images).toHaveLength(projectBounds.images - 1);
    const told = projectsByImage(projects, new Map()).get(imageId(many.length - 1));
    expect(told).toHaveLength(projectBounds.told);
    expect(told?.[0]?.present).toBeNull();
  });
});
