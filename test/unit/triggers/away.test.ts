import { expect, it } from 'vitest';
import { lookEvery, Observation } from '../../../main/services/knowledge/observation.js';
import { imageId, now } from '../domain/arbitrary.js';
import { fresh, pulled, Stage } from './stage.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const GB = 1e9;

const policy = `version: 1
mode: auto
remove:
  - { id: stale, match: "**", origin: pulled, unusedFor: 14d }
triggers:
  schedule: "0 12 * * *"
  afterUpdate: true
  pressure: { high: 85%, low: 75%, cooldown: 6h }
  images: { max: 12GB, to: 5GB }
`;
const stale = [1, 2, 3];
const inUse = [11, 12, 13, 14, 15, 16, 17, 18];

/** Thirty days at the machine up to now, with what Careen observed of the engine in them. */
function atWork(): Stage {
  const observation = new Observation();
  const start = now - 30 * day;
  observation.begin(start);
  for (let at = start + lookEvery; at <= now; at += lookEvery) observation.look(at);
  const stage = new Stage({
    policy,
    images: [...stale.map((n) => pulled(n)), ...inUse.map(fresh)],
    observed: (at) => ({
      firstMet: now - 200 * day,
      observedDays: observation.days.size,
      observedOn: observation.latestDays(400),
      hoursSinceGap: observation.hoursSinceGapAt(at),
    }),
  });
  stage.clock.every(lookEvery, () => observation.look(stage.clock.now()));
  return stage;
}

it('three weeks of sleep empty nothing: a day is observed first, and those weeks count for no age', async () => {
  const stage = atWork();
  await stage.sleep(21 * day);
  const back = stage.clock.now();
  const updated = stage.triggers.afterUpdate('docker.io/library/app');
  // What fires has a rest first.
  await stage.pass(minute / 2);
  await updated;
  // Whatever fires, and it all does.
  await stage.read(95 * GB, 5 * GB);
  await stage.images([...stage.taken.images, ...[21, 22, 23].map(fresh)]);
  while (stage.clock.now() < back + 24 * hour) {
    await stage.pass(30 * minute);
    expect([stage.ran, stage.triggers.question]).toEqual([[], null]);
  }
  await stage.pass(2 * hour);
  expect(stage.failures).toEqual([]);
  expect(stage.ran.flatMap(({ ids }) => ids).sort()).toEqual(stale.map(imageId));
  for (let days = 0; days < 11; days++) await stage.pass(day);
  expect(stage.taken.images).toHaveLength(inUse.length + 3);
});
