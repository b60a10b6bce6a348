import { isForAll } from '../../contract/pending.js';
import type { UpdateRefusal } from '../../contract/update-preview.js';
import { toWire } from '../../contract/wire.js';
import { CareenError, isCareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import { familiar } from '../../domain/reference.js';
import { ceilingOf, isLower } from '../../domain/update/ceilings.js';
import type { Target } from '../types.js';
import type { Asking } from './asking.js';
import type { DetailReader } from './details.js';
import type { Moment } from './moment.js';
import { Round } from './round.js';
import type { Taker } from './rows.js';
import type { Standing } from './standing.js';
import { isNamed, type Named, type Subject } from './subjects.js';
import type { View } from './view.js';

/** Asks again about one container, right before it is updated. */
export class Targets {
  constructor(
    private readonly view: Pick<View, 'now'>,
    private readonly asking: Asking,
    private readonly details: DetailReader,
    /** Resolves once registries were asked whether they have these images, by ID. */
    private readonly verify: (imageIds: readonly string[]) => Promise<void>,
    private readonly now: () => Millis,
  ) {}

  /**
   * What a container is to be updated to, with the moment at which it is. Throws `container-unknown`,
   * `version-unknown`, and what keeps the engine from answering.
   *
   * @param to a tag of those that its row names; null: as the rule says
   * @param by what holds back what is so taken; null: what the mode lets take it
   */
  async of(
    container: string,
    to: string | null,
    by: Taker | null,
  ): Promise<{ target: Target; moment: Moment }> {
    const before = await this.view.now();
    const subject = before.subject(container);
    await this.#ask(before, subject, to);
    if (subject.image !== null && subject.ofRegistry === null)
      await this.verify([subject.image.id]);
    const moment = await this.view.now();
    const now = moment.subject(container);
    const missing = await this.#read(moment, now, to);
    return { target: targetOf(moment, now, to, by, missing, this.now()), moment };
  }

  async #ask(moment: Moment, subject: Subject, to: string | null): Promise<void> {
    const round = new Round(this.asking, moment, this.now);
    if (to === null || to === subject.reference?.tag) {
      await round.ask([subject]);
      return;
    }
    const { newTags } = moment.standings.of(subject);
    if (!isNamed(subject) || !newTags.includes(to))
      throw new CareenError('version-unknown', {
        container: subject.container.name,
        wanted: to,
      });
    await round.digest({ ...subject.reference, tag: to });
  }

  /** Reads what it is to become; gives why its registry has it not for this platform. */
  async #read(moment: Moment, subject: Subject, to: string | null): Promise<CareenError | null> {
    const { verdict } = moment.standings.of(subject, to);
    if (verdict.state !== 'available' || verdict.source !== 'registry') return null;
    if (!isNamed(subject) || verdict.to.digest === null) return null;
    try {
      await this.details.ofRegistry(moment.memory, subject, verdict.to.digest);
      return null;
    } catch (e) {
      if (isCareenError(e, 'registry-lacks')) return e;
      // The bytes are then not known; whether it can be pulled, the pull tells.
      if (e instanceof CareenError) return null;
      throw e;
    }
  }
}

function targetOf(
  moment: Moment,
  subject: Subject,
  to: string | null,
  by: Taker | null,
  missing: CareenError | null,
  at: Millis,
): Target {
  const { container, reference } = subject;
  const standing = moment.standings.of(subject, to);
  const { verdict, mode, now } = standing;
  const isAvailable = verdict.state === 'available';
  const source = isAvailable ? verdict.source : 'registry';
  const version = isAvailable ? verdict.to : now;
  const rows = moment.rows(at);
  return {
    kind: subject.kind,
    container: container.name,
    id: container.id,
    from: now,
    to: version,
    reference:
      reference === null ? container.reference : familiar({ ...reference, tag: version.tag }),
    pullBy: source === 'registry' && isNamed(subject) ? pullBy(subject, version.digest) : null,
    source,
    heldBack: rows.heldBack(standing, by ?? undefined, true),
    forAll: isForAll(rows.row(standing)),
    mode,
    refused: refusalOf(standing, missing),
    bytes: isAvailable ? rows.bytes(standing, verdict) : null,
  };
}

const pullBy = ({ reference }: Named, digest: string | null) =>
  digest === null ? null : familiar({ ...reference, tag: null, digest });

/** Why it is not done, whoever asks. */
function refusalOf(
  { subject, mode, verdict, error }: Standing,
  missing: CareenError | null,
): UpdateRefusal | null {
  const { container, image, owner, reference } = subject;
  if (isLower(ceilingOf(owner, image), 'notify') && isLower(mode.mode, 'notify'))
    return { code: 'owned', owner };
  if (verdict.state === 'not-checked') return { code: 'not-checked', why: verdict.why };
  if (container.state === 'paused') return { code: 'paused' };
  if (missing !== null) return { code: 'unreachable', error: toWire(missing) };
  if (error !== null && !isHere(verdict)) return { code: 'unreachable', error };
  if (verdict.state === 'gone' && reference !== null)
    return { code: 'unreachable', error: toWire(gone(familiar(reference))) };
  if (verdict.state === 'unchecked') return { code: 'not-checked', why: verdict.state };
  return verdict.state === 'available' ? null : { code: 'nothing-new' };
}

/** Whether it is updated to what the engine has, for which no registry is needed. */
const isHere = (verdict: Standing['verdict']) =>
  verdict.state === 'available' && verdict.source !== 'registry';

const gone = (reference: string) =>
  new CareenError('registry-lacks', { reference, what: 'manifest', platform: null });
