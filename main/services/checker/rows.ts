import type { KeptVersion, UpdateRow } from '../../contract/updates.js';
import type { Inventory, Millis } from '../../domain/facts.js';
import { repositoryOf } from '../../domain/reference.js';
import { heldBackBy, isMajorWithData } from '../../domain/update/held-back.js';
import type { HeldBack } from '../../domain/update/types.js';
import { versionKey } from '../../domain/update/version-key.js';
import type { Memory } from './memory.js';
import { bytesToPull, layersHere } from './pull.js';
import type { Available, Standing, Standings } from './standing.js';

/** What is kept for going back (versions). */
export interface KeptVersions {
  kept(container: string): KeptVersion[];
  keptOfService(id: string): KeptVersion[];
  unproven(container: string): { since: Millis; runId: string } | null;
}

/** What would take an update: `auto` by itself, `all` when a person says "all". */
export type Taker = 'auto' | 'all';

/** What is known of containers, as the Updates screen lists it. */
export class Rows {
  #here: ReadonlySet<string> | null = null;

  constructor(
    private readonly standings: Standings,
    private readonly memory: Memory,
    private readonly inventory: Inventory,
    private readonly versions: KeptVersions,
    /** Whether a container has a writable volume or bind, by its ID; undefined: nobody has looked. */
    private readonly hasData: (containerId: string) => boolean | undefined,
    private readonly now: Millis,
  ) {}

  get all(): UpdateRow[] {
    return this.standings.all.map((standing) => this.row(standing));
  }

  row(standing: Standing): UpdateRow {
    const { subject, mode, verdict, now, newTags, error, checkedAt, firstSeen } = standing;
    const { kind, container, owner } = subject;
    const { name, id, imageId, reference, state, health } = container;
    return {
      kind,
      container: name,
      id,
      imageId,
      reference,
      state,
      health,
      now,
      verdict,
      error,
      checkedAt,
      firstSeen,
      newTags,
      mode: mode.mode,
      reason: mode.reason,
      owner,
      heldBack: this.heldBack(standing),
      majorWithData: this.#isMajorWithData(standing),
      unproven: this.versions.unproven(name),
      kept: kind === 'service' ? this.versions.keptOfService(id) : this.versions.kept(name),
      recreatedAt: this.memory.container(name)?.recreated?.at ?? null,
    };
  }

  /**
   * Why an available update is left alone for now.
   *
   * @param by if not told, what the mode lets take it
   * @param strictly what is not known to be of a registry counts as built here
   */
  heldBack(standing: Standing, by?: Taker, strictly = false): HeldBack | null {
    const { subject, mode, verdict, now: from, firstSeen } = standing;
    if (verdict.state !== 'available') return null;
    const { container, service, ofRegistry: known } = subject;
    const remembered = this.memory.container(container.name);
    const key = versionKey(verdict.to);
    return heldBackBy({
      by: by ?? (mode.mode === 'auto' ? 'auto' : 'all'),
      now: this.now,
      rules: mode.rules,
      state: container.state,
      from,
      available: verdict,
      firstSeen,
      snoozedUntil: remembered?.snoozedUntil ?? null,
      skipped: remembered?.skipped.includes(key) ?? false,
      rolledBackAt: remembered?.rolledBack.findLast(({ version }) => version === key)?.at ?? null,
      ofRegistry: (known ?? !strictly) || this.standings.isShown(subject),
      isJob: service?.isJob ?? false,
      neverStarts: service?.neverStarts ?? false,
      hasData: service?.hasData ?? this.hasData(container.id) ?? container.volumes.length > 0,
      bytes: this.bytes(standing, verdict),
    });
  }

  #isMajorWithData(standing: Standing): boolean {
    const { subject, mode, verdict, now: from } = standing;
    if (verdict.state !== 'available') return false;
    // Until it was looked at, it is taken to have some: nobody is to be told too little.
    const hasData = subject.service?.hasData ?? this.hasData(subject.container.id) ?? true;
    return isMajorWithData({ from, available: verdict, rules: mode.rules, hasData });
  }

  /** Bytes to pull at most; null: not known, 0: it is here. */
  bytes({ subject: { reference, platform } }: Standing, { to, source }: Available): number | null {
    if (source !== 'registry') return 0;
    if (reference === null || to.digest === null) return null;
    const of = { repository: repositoryOf(reference), asked: to.digest, platform };
    const read = this.memory.image(of);
    if (read === null) return null;
    this.#here ??= layersHere(this.inventory);
    return bytesToPull(read.image, this.#here);
  }
}
