import { isPerson, type UpdateRun } from '../../contract/runs.js';
import type { TakenOverBy } from '../../contract/update-steps.js';
import { CareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import { versionKey } from '../../domain/update/version-key.js';
import type { Memory } from './memory.js';
import type { Moment } from './moment.js';
import type { View } from './view.js';

/** Acts of somebody else by which another image may run. */
const otherImage: ReadonlySet<TakenOverBy> = new Set(['image', 'rolled-back', 'recreated']);

/** What a person says of versions, and what runs have shown of them: kept as state, not as policy. */
export class Words {
  constructor(
    private readonly view: View,
    private readonly changed: () => void,
  ) {}

  /** Leaves a container's updates alone until a moment; null: no longer. */
  async snooze(container: string, until: Millis | null): Promise<void> {
    await this.#say(container, ({ memory }) => memory.change(container, { snoozedUntil: until }));
  }

  /** Skips the version that is available now; or takes back what was said and shown of it. */
  async skip(container: string, on: boolean): Promise<void> {
    await this.#say(container, (moment) => {
      const { memory, standings } = moment;
      const { verdict } = standings.of(moment.subject(container));
      if (verdict.state !== 'available') {
        if (on) throw new CareenError('version-unknown', { container, wanted: '' });
        memory.change(container, { skipped: [], rolledBack: [] });
        return;
      }
      const version = versionKey(verdict.to);
      forgive(memory, container, version);
      if (!on) return;
      const skipped = memory.container(container)?.skipped ?? [];
      memory.change(container, { skipped: [...skipped, version] });
    });
  }

  /** A version was gone back from: neither `auto` nor "all" takes it again (UPDATING §5). */
  async rolledBack(container: string, version: string, at: Millis): Promise<void> {
    await this.#say(container, ({ memory }) => {
      const before = memory.container(container)?.rolledBack ?? [];
      memory.change(container, { rolledBack: [...before, { version, at }] });
    });
  }

  /**
   * A person who updates a container has said that Careen may, and that this version is wanted. A run
   * says as well what of the changes to its containers was Careen's own, and what somebody else's.
   */
  ended(run: UpdateRun): void {
    const moment = this.view.current;
    if (!moment) return;
    const { memory, subjects } = moment;
    const { startedAt, endedAt } = run;
    const isAsked = run.kind === 'update' && isPerson(run.by);
    for (const { container, to, result, recovered } of run.containers) {
      let recreated = memory.container(container)?.recreated ?? null;
      const isSince = recovered !== null && recreated !== null && recreated.at >= startedAt;
      // What Swarm went on with while Careen was away was Careen's own asking.
      if (isSince && subjects.get(container)?.kind === 'service') recreated = null;
      // Who put another image there in the middle has it left alone by `auto`, as after a run.
      if (result?.state === 'taken-over' && otherImage.has(result.by))
        recreated = { at: endedAt ?? startedAt, allowed: false };
      if (isAsked && result?.state === 'updated') {
        recreated = recreated && { ...recreated, allowed: true };
        forgive(memory, container, versionKey(to));
      }
      memory.change(container, { recreated });
    }
    this.view.saveLater(moment);
    this.changed();
  }

  async #say(container: string, say: (moment: Moment) => void): Promise<void> {
    const moment = await this.view.now();
    const { container: now, runs } = moment.subject(container);
    moment.memory.meet(container, { id: now.id, imageId: runs });
    say(moment);
    this.changed();
    await this.view.save(moment);
  }
}

function forgive(memory: Memory, container: string, version: string): void {
  const { skipped = [], rolledBack = [] } = memory.container(container) ?? {};
  memory.change(container, {
    skipped: skipped.filter((one) => one !== version),
    rolledBack: rolledBack.filter((one) => one.version !== version),
  });
}
