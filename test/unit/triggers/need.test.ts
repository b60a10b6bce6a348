import { describe, expect, it } from 'vitest';
import { fresh, pulled, Stage } from './stage.js';

const GB = 1e9;
const rules = (triggers: string) => `version: 1
mode: auto
remove:
  - { id: stale, match: "**", origin: pulled, unusedFor: 60d }
triggers: { ${triggers} }
`;
const pressure = rules('pressure: { high: 85%, low: 83%, cooldown: 6h }');
const budget = rules('images: { max: 12GB, to: 11GB }');

/** What fires waits for its turn behind another run, in whose course something changes. */
async function behind(
  policy: string,
  fire: (stage: Stage) => Promise<unknown>,
  meanwhile: (stage: Stage) => void | Promise<void>,
): Promise<Stage> {
  const images = [1, 2, 3].map((n) => pulled(n)).concat([11, 12, 13, 14, 15, 16, 17].map(fresh));
  const stage = new Stage({ policy, images });
  let end = (): void => undefined;
  const run = stage.runs.enqueue(() => new Promise<void>((resolve) => (end = resolve)));
  await fire(stage);
  await stage.quiet();
  expect([stage.runs.waiting, stage.ran]).toEqual([1, []]);
  await meanwhile(stage);
  end();
  await run;
  await stage.quiet();
  expect(stage.failures).toEqual([]);
  return stage;
}
const isFull = (stage: Stage) => stage.read(86 * GB, 14 * GB);

describe('a clean-up by itself whose turn comes after another run', () => {
  it('frees as much as was needed where that is so still', async () => {
    const stage = await behind(pressure, isFull, () => undefined);
    expect(stage.ran).toHaveLength(1);
    expect(stage.ran[0]?.ids).toHaveLength(3);
  });

  it('is not put off by what a disk loses by the way', async () => {
    const stage = await behind(pressure, isFull, (on) => {
      on.disk = { used: 86 * GB - 1e6, available: 14 * GB + 1e6 };
    });
    expect(stage.ran[0]?.ids).toHaveLength(3);
  });

  it('frees no more than is needed by then', async () => {
    const stage = await behind(pressure, isFull, (on) => {
      on.disk = { used: 84 * GB, available: 16 * GB };
    });
    expect(stage.ran).toHaveLength(1);
    expect(stage.ran[0]?.ids).toHaveLength(1);
  });

  it('frees nothing of a disk that is relieved by then', async () => {
    const stage = await behind(pressure, isFull, (on) => {
      on.disk = { used: 60 * GB, available: 40 * GB };
    });
    expect([stage.ran, stage.triggers.question]).toEqual([[], null]);
  });

  it('frees nothing for a budget that is kept by then', async () => {
    const more = (n: number) => [...Array(n).keys()].map((i) => fresh(21 + i));
    const stage = await behind(
      budget,
      (on) => on.images([...on.taken.images, ...more(3)]),
      (on) => on.images(on.taken.images.slice(0, 11)),
    );
    expect([stage.ran, stage.triggers.question]).toEqual([[], null]);
  });
});
