import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TextFile } from '../../../main/adapters/store/text-file.js';
import { imageCommands } from '../../../main/contract/image-commands.js';
import type { HistoryStep } from '../../../main/domain/image-history.js';
import { judge } from '../../../main/domain/verdict/judge.js';
import { imageHandlers } from '../../../main/services/commands/images.js';
import type {
  Collaborators,
  CommandContext,
  Widening,
} from '../../../main/services/commands/types.js';
import { Policies } from '../../../main/services/policies.js';
import { testFolder } from '../../support/folder.js';
import { digestOf, image, imageId, inventory, now } from '../domain/arbitrary.js';

const layer = (chainId: string, size: number) => ({ chainId, size });
const images = [
  image(1, {
    refs: ['api:1'],
    digests: [`api@${digestOf(1)}`],
    layers: [layer('x', 100), layer('a', 10)],
  }),
  image(2, { refs: ['api:2'], layers: [layer('x', 100), layer('b', 20)] }),
  image(3, { refs: ['db:1'], layers: [layer('c', 40)] }),
];
const [one, two, three] = [imageId(1), imageId(2), imageId(3)];
const byRule = 'version: 1\nprotect:\n  - { match: "db:*" }\n';

/** The commands over these images, a policy of their own, and a person who answers as told. */
async function stage({
  agrees = true,
  by = 'window',
  text = byRule,
  steps = [],
  meanwhile = () => Promise.resolve(),
}: {
  agrees?: boolean;
  by?: CommandContext['by'];
  text?: string;
  steps?: HistoryStep[] | null;
  /** What happens to the file while a person is asked. */
  meanwhile?: (file: TextFile) => Promise<void>;
} = {}) {
  const home = join(await testFolder(), 'home');
  await mkdir(home, { mode: 0o700 });
  const file = new TextFile(join(home, 'policy.yaml'));
  await file.write(text);
  const policies = new Policies(file);
  onTestFinished(() => policies.close());
  const taken = inventory(images);
  const asked: Widening[] = [];
  const context: CommandContext = {
    by,
    confirm: async (widening) => {
      asked.push(widening);
      await meanwhile(file);
      return agrees;
    },
    pickSocket: () => Promise.resolve(null),
    saveFile: () => Promise.resolve(null),
    openFolder: () => Promise.resolve(),
    testNotification: () => Promise.resolve(),
    openLink: () => Promise.resolve(),
  };
  const { policy: rules } = await policies.required(null);
  const judged = judge(taken, rules, { now, ages: 'calendar' });
  const judging = {
    current: { inventory: taken, rules, byId: new Map(judged.map((j) => [j.id, j])) },
    settled: () => Promise.resolve(),
  };
  const connection = { required: () => ({ imageSteps: () => Promise.resolve(steps) }) };
  const services = { judging, connection, policies, recoverability: { reasonOf: () => null } };
  const handlers = imageHandlers(services as unknown as Collaborators);
  return {
    asked,
    written: () => file.read(),
    write: (now: string) => file.write(now),
    protect: (ids: string[], on: boolean) => handlers['images.protect']({ ids, on }, context),
    together: (ids: string[]) => handlers['images.together']({ ids }, context),
    names: (ids: string[]) => handlers['images.names']({ ids }, context),
    layers: (id: string) => handlers['image.layers']({ id }, context),
  };
}

const both = `version: 1\nprotect:\n  - { match: ["api:1", "${one}"] }\n  - { match: ["api:2", "${two}"] }\n`;

describe('images.protect', () => {
  it('writes each image by its names and its ID, as the toggle does', async () => {
    const { protect, written, asked } = await stage();
    expect((await protect([one, two], true)).changed).toEqual(['api:1', 'api:2']);
    const text = await written();
    for (const id of [one, two]) expect(text).toContain(id);
    expect(asked).toEqual([]);
  });

  it('asks in a dialog of main’s own before it takes the protection off several', async () => {
    const { protect, written, asked } = await stage({ text: both });
    expect((await protect([one, two, three], false)).changed).toEqual(['api:1', 'api:2']);
    expect(asked).toEqual([{ kind: 'unprotect', images: ['api:1', 'api:2'] }]);
    expect(await written()).not.toContain(one);
  });

  it('changes nothing where a person does not agree', async () => {
    const { protect, written } = await stage({ text: both, agrees: false });
    await expect(protect([one, two], false)).rejects.toMatchObject({ code: 'not-confirmed' });
    expect(await written()).toBe(both);
  });

  it('asks by the file as it is, whatever was judged', async () => {
    const { protect, write, asked } = await stage({ text: 'version: 1\n' });
    await write(both);
    await protect([one, two], false);
    expect(asked).toEqual([{ kind: 'unprotect', images: ['api:1', 'api:2'] }]);
  });

  it('writes nothing over what came into the file while it asked', async () => {
    const mine = `${both}  - { match: "db:1" }\n`;
    const { protect, written } = await stage({ text: both, meanwhile: (file) => file.write(mine) });
    await expect(protect([one, two], false)).rejects.toMatchObject({ code: 'policy-changed' });
    expect(await written()).toBe(mine);
  });

  it('does for those that are there what was asked of more', async () => {
    const { protect } = await stage();
    expect((await protect([imageId(9), one], true)).changed).toEqual(['api:1']);
  });

  it('takes it off one, or for a command line, without a dialog', async () => {
    const single = await stage({ text: both, agrees: false });
    expect((await single.protect([one], false)).changed).toEqual(['api:1']);
    const line = await stage({ text: both, agrees: false, by: 'cli' });
    expect((await line.protect([one, two], false)).changed).toEqual(['api:1', 'api:2']);
  });

  it('leaves alone what a rule protects, and refuses what is gone', async () => {
    const { protect, written } = await stage();
    expect(await protect([three], false).catch((e: unknown) => e)).toMatchObject({ changed: [] });
    expect(await written()).toBe(byRule);
    await expect(protect([imageId(9)], true)).rejects.toMatchObject({ code: 'image-gone' });
  });
});

it('images.together counts what they share once both go', async () => {
  const { together } = await stage();
  const bytes = async (ids: string[]) => (await together(ids)).reclaimable.max;
  expect(await bytes([one])).toBe(10);
  expect(await bytes([one, two])).toBe(130);
  expect(await bytes([one, imageId(9)])).toBe(10);
});

it('images.names tells tags and digests, and leaves out what is gone', async () => {
  const { names } = await stage();
  expect(await names([one, imageId(9), three])).toEqual([
    { id: one, refs: ['api:1'], digests: [`api@${digestOf(1)}`] },
    { id: three, refs: ['db:1'], digests: [] },
  ]);
});

describe('image.layers', () => {
  const step = (createdBy: string, size: number) => ({
    createdBy,
    comment: '',
    created: now,
    size,
  });

  it('joins layers with what made them and who shares them', async () => {
    const steps = [
      step('ADD x', 100),
      step('ENV a=b', 0),
      step('RUN /bin/sh -c make # buildkit', 10),
    ];
    const { layers } = await stage({ steps });
    const answer = await layers(one);
    expect(imageCommands['image.layers'].result.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      layers: [
        { size: 100, sharedWith: 1, sharers: [{ id: two, refs: ['api:2'] }], step: 0 },
        { size: 10, sharedWith: 0, sharers: [], step: 2 },
      ],
      unjoined: null,
    });
    expect(answer.steps[2]).toEqual({
      instruction: 'RUN',
      text: 'make',
      whole: 'RUN /bin/sh -c make # buildkit',
      created: now,
    });
  });

  it('says that an image is gone', async () => {
    const { layers } = await stage({ steps: null });
    await expect(layers(one)).rejects.toMatchObject({ code: 'image-gone' });
    await expect(layers(imageId(9))).rejects.toMatchObject({ code: 'image-gone' });
  });
});
