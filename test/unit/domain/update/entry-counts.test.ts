import { expect, it } from 'vitest';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { entryCounts } from '../../../../main/domain/update/entry-counts.js';

const entriesOf = (...entries: string[]) =>
  readPolicy(
    '',
    `version: 1\nupdate:\n  containers:\n${entries.map((e) => `    - ${e}\n`).join('')}`,
  ).update.containers;
const container = (name: string, reference: string) => ({ name, reference, imageId: '' });

it('an update entry counts the containers that it holds for, each once', () => {
  const entries = entriesOf(
    '{ match: "web-*", mode: auto }',
    '{ image: postgres, mode: notify }',
    '{ match: web-2, mode: ignore }',
    '{ match: nobody, mode: ignore }',
  );
  const containers = [
    container('web-1', 'nginx:1'),
    container('web-2', 'nginx:1'),
    container('web-3', 'postgres:16'),
    container('db', 'postgres:17'),
    container('other', 'redis:7'),
  ];
  expect(entryCounts(entries, containers)).toEqual([2, 1, 1, 0]);
  expect(entryCounts([], containers)).toEqual([]);
});
