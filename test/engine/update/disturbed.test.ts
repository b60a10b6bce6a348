import { describe, expect, it } from 'vitest';
import type { StepKind } from '../../../main/domain/update/steps.js';
import { pullImage, runContainer } from '../../support/images.js';
import { atStep } from '../../support/in-the-middle.js';
import { updateStage } from '../../support/update-stage.js';
import { containers, of, ownTags, publishAs, service } from '../../support/updating.js';

/** What someone else does in the middle of an update of `web`. */
interface Act {
  what: string;
  /** The step of which only the intent is on the disk by then. */
  at: StepKind;
  act: () => Promise<unknown>;
  by: string;
  /** Who is there afterwards; `old` and `new`: of the update, `theirs`: made by someone else. */
  left: Record<string, 'old' | 'new' | 'theirs'>;
  runs: string[];
  /** Whether the reference leads to the new version afterwards. */
  leads: 'old' | 'new';
  /** Whether the version before is kept. */
  keeps: boolean;
}

describe('someone else acts in the middle of an update', () => {
  const on = updateStage();
  /** Without a tag, as people write it. */
  const name = () => `${on.registry.host}/acme/web`;

  const web = (container = 'web') => on.engine.docker.getContainer(container);
  const remove = async (container = 'web') => {
    await web(container).remove({ force: true });
  };
  const run = () =>
    runContainer(on.engine, {
      image: name(),
      name: 'web',
      options: { HostConfig: { RestartPolicy: { Name: 'unless-stopped' } } },
    });
  const aside = async () =>
    (await containers(on.engine)).flatMap((one) => /^web\.careen-old-\w+/.exec(one) ?? []).join();

  let theirs = '';
  const again = async () => {
    await remove();
    theirs = (await run()).id;
  };

  it.each<Act>([
    {
      what: 'removes it before it stops',
      at: 'create',
      act: () => remove(),
      by: 'removed',
      left: {},
      runs: [],
      leads: 'old',
      keeps: false,
    },
    {
      what: 'stops it before it stops',
      at: 'create',
      act: () => web().stop({ t: 0 }),
      by: 'stopped',
      left: { web: 'old' },
      runs: [],
      leads: 'old',
      keeps: false,
    },
    {
      what: 'renames it before it stops',
      at: 'create',
      act: () => web().rename({ name: 'mine' }),
      by: 'renamed',
      left: { mine: 'old' },
      runs: ['mine'],
      leads: 'old',
      keeps: false,
    },
    {
      what: 'makes it anew before it stops',
      at: 'create',
      act: again,
      by: 'recreated',
      left: { web: 'theirs' },
      runs: ['web'],
      leads: 'new',
      keeps: true,
    },
    {
      what: 'removes it while it stops',
      at: 'stop',
      act: () => remove(),
      by: 'removed',
      left: { web: 'new' },
      runs: ['web'],
      leads: 'new',
      keeps: true,
    },
    {
      what: 'starts it once it is stopped',
      at: 'rename',
      act: () => web().start(),
      by: 'restarted',
      left: { web: 'old' },
      runs: ['web'],
      leads: 'old',
      keeps: false,
    },
    {
      what: 'removes the old one while the new one proves itself',
      at: 'prove',
      act: async () => remove(await aside()),
      by: 'removed',
      left: { web: 'new' },
      runs: ['web'],
      leads: 'new',
      keeps: true,
    },
    {
      what: 'removes the new one while it proves itself',
      at: 'prove',
      act: () => remove(),
      by: 'removed',
      left: { web: 'old' },
      runs: ['web'],
      leads: 'old',
      keeps: false,
    },
    {
      what: 'makes it anew while it proves itself',
      at: 'prove',
      act: again,
      by: 'recreated',
      left: { web: 'theirs' },
      runs: ['web'],
      leads: 'new',
      keeps: true,
    },
    {
      what: 'renames the new one while it proves itself',
      at: 'prove',
      act: () => web().rename({ name: 'mine' }),
      by: 'renamed',
      left: { mine: 'new' },
      runs: ['mine'],
      leads: 'new',
      keeps: true,
    },
    {
      what: 'starts the old one while the new one proves itself',
      at: 'prove',
      act: () => aside().then((one) => web(one).start()),
      by: 'restarted',
      left: { web: 'old' },
      runs: ['web'],
      leads: 'old',
      keeps: false,
    },
  ])('$what', async ({ at, act, by, left, runs, leads, keeps }) => {
    const latest = `${name()}:latest`;
    await publishAs(on.engine, latest, service('v1'));
    await pullImage(on.engine, latest);
    const old = await (await run()).inspect();
    await publishAs(on.engine, latest, service('v2'));
    const journalLog = atStep(at, () => act().then(() => undefined));
    await on.open({ journalLog });

    const { result } = of(await on.update('web'), 'web');

    expect(result).toEqual({ state: 'taken-over', by });
    const found = await on.engine.docker.listContainers({ all: true });
    const whose = (id: string) => (id === old.Id ? 'old' : id === theirs ? 'theirs' : 'new');
    expect(
      Object.fromEntries(found.map(({ Id, Names: [bears = ''] }) => [bears.slice(1), whose(Id)])),
    ).toEqual(left);
    expect((await containers(on.engine)).filter((one) => one.endsWith(' running'))).toEqual(
      runs.map((one) => `${one} running`),
    );
    const policies = found.map(async ({ Id }) => (await web(Id).inspect()).HostConfig);
    for (const { RestartPolicy: policy } of await Promise.all(policies))
      expect(policy?.Name).toBe('unless-stopped');
    const image = (await on.engine.docker.getImage(latest).inspect()).Id;
    expect(image === old.Image ? 'old' : 'new').toBe(leads);
    const tags = (await on.engine.docker.listImages()).flatMap(({ RepoTags: all }) => all ?? []);
    expect(tags.filter((tag) => !tag.startsWith('careen.invalid/'))).toEqual([latest]);
    expect(await ownTags(on.engine)).toHaveLength(keeps ? 1 : 0);
  });
});
