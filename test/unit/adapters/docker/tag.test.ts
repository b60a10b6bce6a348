import { expect, it } from 'vitest';
import { tag } from '../../../../main/adapters/docker/removal.js';
import type { Call, Requests } from '../../../../main/adapters/docker/requests.js';

const id = `sha256:${'1'.repeat(64)}`;

/** What the engine is asked for. */
async function asked(reference: string): Promise<Call[]> {
  const calls: Call[] = [];
  const requests = { text: (call: Call) => Promise.resolve(void calls.push(call)) };
  await tag(requests as unknown as Requests, id, reference);
  return calls;
}

it.each([
  ['nginx:1.27', 'nginx', '1.27'],
  ['nginx', 'nginx', 'latest'],
  ['localhost:5000/web', 'localhost:5000/web', 'latest'],
  ['localhost:5000/web:2', 'localhost:5000/web', '2'],
  ['careen.invalid/keep/0123456789abcdef:3', 'careen.invalid/keep/0123456789abcdef', '3'],
])('the name %s is a repository and a tag', async (reference, repo, name) => {
  const path = `/images/${id}/tag`;
  expect(await asked(reference)).toEqual([{ method: 'POST', path, query: { repo, tag: name } }]);
});

it.each([`nginx@sha256:${'2'.repeat(64)}`, `nginx:1@sha256:${'2'.repeat(64)}`, id, 'a/../b:1'])(
  'no name is put on an image by %s',
  async (reference) => {
    await expect(asked(reference)).rejects.toMatchObject({ code: 'reference-invalid' });
  },
);
