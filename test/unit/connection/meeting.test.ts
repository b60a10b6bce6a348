import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { systemClock } from '../../../main/adapters/clock.js';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import type { EngineFacts } from '../../../main/domain/facts.js';
import type { Connection } from '../../../main/services/connection.js';
import type { Inventory } from '../../../main/services/inventory/index.js';
import { Knowledge } from '../../../main/services/knowledge/index.js';
import { Meeting } from '../../../main/services/meeting.js';
import type { Recovery } from '../../../main/services/recovery.js';
import type { Runs } from '../../../main/services/runs.js';

const factsOf = (id: string) =>
  ({ id, endpoint: `unix:///${id}`, store: 'classic', name: id }) as EngineFacts;

/** Meets engines whose logs are read when the test says so. */
function stage() {
  const reading = new Map<string, () => void>();
  const opened: string[] = [];
  const knowledge = new Knowledge(
    ({ id }) => {
      opened.push(id);
      const read = new Promise<void>((resolve) => reading.set(id, resolve));
      const log = {
        read: () => read.then(() => ({ records: [] })),
        append: () => Promise.resolve(),
        close: () => Promise.resolve(),
        wantsSnapshot: false,
      };
      return Promise.resolve(log as unknown as Awaited<ReturnType<LogOf>>);
    },
    systemClock(),
    () => [],
  );
  const connection = Object.assign(new EventEmitter(), {
    engine: null as DockerEngine | null,
    proven: () => undefined,
    lost: () => undefined,
  });
  const started: string[] = [];
  const inventory = Object.assign(new EventEmitter(), {
    listed: null,
    remember: () => undefined,
    witness: () => undefined,
    start: ({ facts }: DockerEngine) => Promise.resolve(void started.push(facts.id)),
  });
  let versionsOf: string | null = null;
  const meeting = new Meeting(
    connection as unknown as Connection,
    knowledge,
    inventory as unknown as Inventory,
    { isDue: () => false } as unknown as Recovery,
    Object.assign(new EventEmitter(), { busy: false }) as unknown as Runs,
    { load: () => Promise.resolve(null), save: () => Promise.resolve() },
    { meet: ({ id }) => Promise.resolve(void (versionsOf = id)) },
    systemClock(),
  );
  const failed: unknown[] = [];
  meeting.on('failed', (e) => failed.push(e));
  return {
    meeting,
    opened,
    isRead: async (id: string) => {
      await expect.poll(() => reading.get(id)).toBeDefined();
      reading.get(id)?.();
    },
    connect: (id: string) => {
      connection.engine = { facts: factsOf(id) } as DockerEngine;
      connection.emit('connected', connection.engine);
    },
    lose: () => {
      connection.engine = null;
      connection.emit('lost');
    },
    known: () => ({ knowledge: knowledge.engine?.id, versions: versionsOf, started, failed }),
  };
}
type LogOf = ConstructorParameters<typeof Knowledge>[0];

it('keeps to the engine at hand, though what is known of the one before is read late', async () => {
  const { meeting, opened, isRead, connect, lose, known } = stage();
  connect('A');
  await expect.poll(() => opened).toEqual(['A']);
  lose();
  connect('B');
  const met = meeting.done();
  await isRead('A');
  await isRead('B');
  await met;
  await meeting.close();
  expect(known()).toEqual({ knowledge: 'B', versions: 'B', started: ['B'], failed: [] });
});
