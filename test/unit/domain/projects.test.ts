import { expect, it } from 'vitest';
import type { Project } from '../../../main/domain/facts.js';
import { projectOfImage } from '../../../main/domain/projects.js';

const project = (name: string, lastUsed: number): Project => ({
  kind: 'compose',
  name,
  folder: null,
  files: [],
  lastUsed,
  present: null,
  latestOf: [],
});

it('counts an image to the project that used it last, else to the one it was built for', () => {
  const labels = { 'com.docker.compose.project': 'built' };
  const projects = [project('old', 1), project('new', 3), project('mid', 2)];
  expect(projectOfImage({ projects, labels })).toBe('new');
  expect(projectOfImage({ projects: [], labels })).toBe('built');
  expect(projectOfImage({ projects: [], labels: {} })).toBeNull();
  expect(projectOfImage({ projects: [], labels: { 'com.docker.compose.project': '' } })).toBeNull();
});
