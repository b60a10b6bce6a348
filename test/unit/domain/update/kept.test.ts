import { expect, it } from 'vitest';
import { versionNamed } from '../../../../main/domain/update/kept.js';

const digest = `sha256:${'d'.repeat(64)}`;
const version = (n: number, reference: string, tag: string | null = null) => ({
  imageId: `sha256:${String(n).repeat(64)}`,
  reference,
  tag,
  digest: null,
});
const versions = [
  version(1, 'nginx'),
  version(2, 'docker.io/library/nginx:1.27', '1.27'),
  version(3, 'localhost:5000/web'),
  version(4, `redis@${digest}`),
  version(5, 'nginx:latest'),
];

it.each([
  ['nginx', 1],
  ['nginx:latest', 1],
  ['docker.io/library/nginx', 1],
  ['nginx:1.27', 2],
  ['1.27', 2],
  ['localhost:5000/web:latest', 3],
  [`redis@${digest}`, 4],
  [`sha256:${'5'.repeat(64)}`, 5],
  ['5'.repeat(12), 5],
  ['latest', null],
  ['web', null],
  ['5'.repeat(11), null],
  ['', null],
])('a kept version is named by %s', (wanted, found) => {
  expect(versionNamed(versions, wanted)).toBe(found === null ? null : versions[found - 1]);
});
