import type { ContainerNow, InspectedImage } from '../../adapters/docker/container-acts.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import { meansLost } from '../../domain/errors.js';
import type { ContainerSpec, ImageDefaults } from '../../domain/recreate/types.js';
import type { Hook } from '../../domain/update/hooks.js';
import type { Phase } from '../../domain/update/interference.js';
import type { StepKind } from '../../domain/update/steps.js';
import type { Version } from '../../domain/update/types.js';
import type { Undertaken } from '../journal/update-records.js';
import type { EngineVersions } from '../versions/of-engine.js';
import type { VolumeCopy } from '../versions/stored.js';
import type { KnownNames } from './others.js';
import type { Pen } from './pen.js';
import type { UpdateGround } from './types.js';

/** What a new container is made from, and towards which image. */
export interface Wanted {
  /** `repository@digest` to pull by; null: the engine has the image. */
  pullBy: string | null;
  /** The image's ID, as soon as it is known. */
  imageId: string | null;
  /** What it is made from: what runs, or what is recorded of a kept version. */
  spec: ContainerSpec;
  /** What the image of `spec` gives; null where that is not known. */
  defaults: ImageDefaults | null;
  image: InspectedImage | null;
  hooks: readonly Hook[];
  /** Names of volumes to be copied first. */
  copies: readonly string[];
  /** Bytes to be pulled, compressed; null: not known. */
  bytes: number | null;
}

/** The work on one container, as far as it is. */
export interface Work {
  engine: DockerEngine;
  versions: EngineVersions;
  readonly pen: Pen;
  readonly plan: Undertaken;
  readonly from: Version;
  readonly to: Version;
  /** Names of containers by the IDs that they had before this run. */
  readonly names: ReadonlyMap<string, string>;
  /** Null where it only has to be finished or taken back. */
  readonly wanted: Wanted | null;
  /** As it was before: null where it only has to be finished or taken back. */
  readonly before: ContainerNow | null;
  nextId: string | null;
  againId: string | null;
  /** Once it goes back, what is told in the end. */
  turned: UpdateResult | null;
  /** Steps whose intent is on the disk. */
  readonly begun: Set<StepKind>;
  readonly done: Set<StepKind>;
  /** Whether Careen ended in the middle of it. */
  readonly takenUp: boolean;
  /** Whether the engine went away under it: what stopped since need not be anyone's doing. */
  wasLost: boolean;
  downSince: number | null;
  downFor: number | null;
  /** Whether the reference was led to the new image by this update. */
  moved: boolean;
  /** Whether it is shown to be well. */
  proven: boolean;
  copies: VolumeCopy[];
  /** Aborted when someone cancels: heard up to the stop, and while volumes are copied. */
  readonly cancel: AbortSignal;
  /** Aborted when Careen ends: what is under way is taken up at the next start. */
  readonly leave: AbortSignal;
}

/** How far it is, for what someone else may have done. */
export function phaseOf({ begun, done }: Pick<Work, 'begun' | 'done'>): Phase {
  if (done.has('prove')) return 'proven';
  if (done.has('start')) return 'started';
  if (done.has('rename')) return 'renamed';
  // Between a rename's two halves names are neither what they were nor what they will be.
  if (done.has('stop') || begun.has('rename')) return 'stopped';
  return done.has('create') ? 'created' : 'before';
}

/** What is known of the containers that its config names. */
export function knownNames({ names, versions, plan }: Work): KnownNames {
  return { names, recorded: versions.namesFor(plan.container) };
}

/** Whether what ran before does not run since this update, or the engine's end, stopped it. */
export function startsAgain({ plan, begun, wasLost }: Work): boolean {
  // What is not to start after an engine's crash, the engine would have started.
  const isOff = begun.has('restart-policy-off') && plan.restartPolicy.Name !== 'no';
  return plan.running && (begun.has('stop') || wasLost || isOff);
}

/** Ends the way forward: all of it is taken back, and this is told. */
export class TurnBack extends Error {
  constructor(
    readonly result: UpdateResult,
    /** The step that failed; null: none did, it is not to be. */
    readonly step: StepKind | null = null,
  ) {
    super(result.state);
  }
}

/** Nobody waits any longer, or the engine does not come back: it is taken up later. */
export class LeftOpen extends Error {
  constructor(readonly why: 'engine-lost' | 'interrupted') {
    super(why);
  }
}

/** Losses after which an act is not tried again for now: it may be one that is never answered. */
const mostLosses = 2;

/** How often the engine went away with nothing done in between. */
export class Losses {
  #count = 0;

  /** To be told when something was done. */
  over(): void {
    this.#count = 0;
  }

  /** Counts one; whether that was one too many. */
  tooMany(): boolean {
    this.#count += 1;
    return this.#count >= mostLosses;
  }
}

/** Who waits for an engine, and for how long. */
type Waits = Pick<Work, 'engine' | 'leave'> & { cancel?: AbortSignal | undefined };

/** The waiting of a turn: up to the stop, a cancelled one still goes back by itself once it can. */
export function waits(work: Work): Waits {
  const { engine, leave, cancel } = work;
  const phase = phaseOf(work);
  const isDown = phase !== 'before' && phase !== 'created';
  return { engine, leave, cancel: isDown ? cancel : undefined };
}

/**
 * The engine again once it is back. Throws `LeftOpen` where that takes longer, ms, where nobody waits,
 * and where it went away too often.
 */
export async function engineBack(
  ground: Pick<UpdateGround, 'back'>,
  { engine, leave, cancel }: Waits,
  why: unknown,
  deadline: number,
  losses = new Losses(),
): Promise<DockerEngine> {
  const isOver = losses.tooMany() || cancel?.aborted === true;
  const until = cancel ? AbortSignal.any([leave, cancel]) : leave;
  const signal = isOver ? AbortSignal.abort() : until;
  const back = await ground.back(engine, why, deadline, signal);
  if (!back || isOver) throw new LeftOpen(leave.aborted ? 'interrupted' : 'engine-lost');
  return back;
}

/**
 * Does something at the engine; where that goes away under it, again once it is back. Throws
 * `LeftOpen` as `engineBack` does, and what the act itself fails by.
 *
 * @param act can be cut off anywhere and done again
 */
export async function outlasting<T>(
  ground: Pick<UpdateGround, 'back'>,
  work: Work,
  deadline: number,
  act: () => Promise<T>,
  losses = new Losses(),
): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (e) {
      if (!meansLost(e)) throw e;
      work.engine = await engineBack(ground, waits(work), e, deadline, losses);
      work.wasLost = true;
    }
  }
}
