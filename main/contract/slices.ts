import { z } from 'zod';
import { bytes, engineFacts, imageId, millis, reclaimable } from './model.js';
import { engineKeyText, fleetSlice } from './fleet.js';
import { gaugesSlice } from './gauges.js';
import { lookedAt } from './looked.js';
import { notify } from './notify.js';
import { itemKind, lostImages } from './plan.js';
import { suggestionsSlice } from './suggestions.js';
import { updatesSlice } from './updates.js';
import { updateProgress } from './update-steps.js';
import { wireError } from './wire.js';
import { modeLowered, partCounts, ruleCounts } from './policy.js';
import { askedBy, cleanRun, historyRun, skipReason } from './runs.js';

export { type DisksRead, gauge, gaugesSlice, type GaugesSlice } from './gauges.js';

/** Which engine, how it was chosen, and how it is. */
export const engineSlice = z.object({
  status: z.enum(['looking', 'connected', 'lost', 'none', 'home-busy']),
  facts: engineFacts.nullable(),
  /** The place that the endpoint was taken from. */
  chosen: lookedAt.nullable(),
  /** Every place that was looked at, in the order of looking. */
  looked: z.array(lookedAt),
  since: millis,
  error: wireError.nullable(),
  /** The docker CLI's current context, when it now leads elsewhere than the pinned choice. */
  contextMoved: z.string().nullable(),
  /** Set while rows are remembered ones: the moment they were true. */
  asOf: millis.nullable(),
  /** Another updater or cleaner at work on this engine: while there is one nothing goes by itself. */
  otherUpdater: z.object({ tool: z.string(), container: z.string() }).nullable().default(null),
});
export type EngineSlice = z.infer<typeof engineSlice>;

/** A flat row: no layers, labels, matched rules or sentences (DESIGN §3). */
export const imageRow = z.object({
  id: imageId,
  refs: z.array(z.string()),
  /** Familiar name of the repository; null for an untagged local build. */
  repository: z.string().nullable(),
  size: bytes,
  /** What removing this image alone would free. */
  unique: reclaimable,
  created: millis.nullable(),
  used: millis.nullable(),
  usedBy: z.array(z.string()),
  /** The project that used it last, or that it was built for; null where none is known. */
  project: z.string().nullable(),
  verdict: z.enum(['keep', 'remove']),
  /** Whether a plan made now takes it as it is ticked; what may go and is not, waits for a person's tick. */
  going: z.boolean(),
  decidedBy: z.enum(['hold', 'protect', 'grace', 'keep', 'remove', 'default']),
  code: z.string(),
  rule: z.string().nullable(),
  /** `toggle`: this very image is named in `protect`; `rule`: a pattern or label holds it. */
  protected: z.enum(['toggle', 'rule']).nullable(),
  estimate: z.boolean(),
  recoverable: z.enum(['verified', 'likely', 'no', 'unknown']),
});
export type ImageRow = z.infer<typeof imageRow>;

export const imageTotals = z.object({
  images: z.number(),
  /** Every layer once. */
  onDisk: bytes,
  sumOfSizes: bytes,
  /** What the ticked items of a plan made now would free. */
  canGo: reclaimable,
  canGoImages: z.number(),
  /** What these images free, without what else goes. */
  canGoOfImages: reclaimable,
  /** How many of them cannot be brought back. */
  canGoLost: lostImages,
  /** Items that a person would have to tick. */
  couldGoImages: z.number(),
  judgedAt: millis.nullable(),
  /** As of now. */
  rules: ruleCounts,
  parts: partCounts,
  policy: z.object({
    source: z.enum(['default', 'file']),
    file: z.string(),
    error: wireError.nullable(),
    /** Why triggers may only suggest though the policy says more (DESIGN §6). */
    modeLowered: modeLowered.nullable().default(null),
  }),
});

const delta = <T extends z.ZodType>(row: T) =>
  z.object({ from: z.number(), to: z.number(), upsert: z.array(row), remove: z.array(z.string()) });

/** `from: 0` is the slice whole. */
export const imagesSlice = delta(imageRow).extend({ totals: imageTotals });
export type ImagesSlice = z.infer<typeof imagesSlice>;

export const containerRow = z.object({
  id: z.string(),
  name: z.string(),
  reference: z.string(),
  imageId: z.string(),
  state: z.string(),
  health: z.string(),
  sizeRw: bytes.nullable(),
});
export type ContainerRow = z.infer<typeof containerRow>;
export const containersSlice = delta(containerRow);

export const runProgress = z.object({
  runId: z.string(),
  kind: z.enum(['clean', 'undo']),
  /** A clean-up's plan; of an undoing the run that it undoes. */
  planId: z.string(),
  /** What the caller of `plan.run` named it by; null: nothing. */
  token: z.string().nullish(),
  startedAt: millis,
  phase: z.enum(['checking', 'removing', 'measuring', 'pulling']),
  /** Why the pause between items is longer than the policy's, if it is (JUDGING §6). */
  slowed: z.enum(['battery', 'engine-busy']).nullable().default(null),
  cancelling: z.boolean(),
  done: z.number(),
  total: z.number(),
  items: z.array(
    z.object({
      kind: itemKind.default('image'),
      id: z.string(),
      refs: z.array(z.string()),
      state: z.enum(['waiting', 'working', 'removed', 'restored', 'skipped', 'failed']),
      skip: skipReason.nullable(),
      reclaimable,
    }),
  ),
});
export type RunProgress = z.infer<typeof runProgress>;

/**
 * A trigger's clean-up that waits for a person's answer (JUDGING §3, Mode, Limits); or, without a
 * plan, that the disk is full and why nothing goes.
 */
export const question = z.object({
  /** Null: there is nothing to answer; `why` says why. */
  planId: z.string().nullable(),
  by: askedBy,
  /**
   * `mode`: the policy says to ask; `estimated-disk`: the disk is only said to be full at most; the
   * next four: the plan is unusual, or the first of a new policy. Without a plan: nothing can go by
   * the policy, or what would go by itself waits for observation after a gap, or for registries.
   */
  why: z.enum([
    'mode',
    'estimated-disk',
    'many-items',
    'many-bytes',
    'large-share',
    'new-policy',
    'nothing-can-go',
    'gap',
    'offline',
  ]),
  items: z.number(),
  reclaimable,
  /** How many of its images cannot be brought back. */
  lost: lostImages,
  at: millis,
});
export type Question = z.infer<typeof question>;

export const runSlice = z.object({
  current: runProgress.nullable(),
  queued: z.number(),
  last: cleanRun.nullable(),
  question: question.nullable().default(null),
  /** The next scheduled clean-up of the process that stays; null: none comes by itself. */
  next: z.object({ cause: askedBy, at: millis }).nullable().default(null),
  /** A run of updates under way; `current` is then null. */
  update: updateProgress.nullable().default(null),
});
export type RunSlice = z.infer<typeof runSlice>;

export const historySlice = z.object({
  head: z.array(historyRun),
  more: z.boolean(),
  /** Whether it was read; until then an empty head says nothing of what there is. */
  read: z.boolean(),
});
export type HistorySlice = z.infer<typeof historySlice>;

export const settingsSlice = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'zh-CN']),
  pausedUntil: millis.nullable(),
  endpoint: z.string().nullable(),
  /** Whether the person agreed that files of other applications are read, which macOS asks about. */
  otherAppsData: z.boolean(),
  /** As the system has it; null: this process cannot tell or change it. */
  launchAtLogin: z.boolean().nullable(),
  notify,
  /** False: the first run is still to come. */
  welcomed: z.boolean(),
  home: z.string(),
  /** Files that could not be read and were moved aside (DESIGN §6). */
  movedAside: z.array(z.object({ file: z.string(), to: z.string() })),
});
export type SettingsSlice = z.infer<typeof settingsSlice>;

/** Everything a view is drawn from; each slice has a version of its own. */
export const slices = {
  engine: engineSlice,
  gauges: gaugesSlice,
  images: imagesSlice,
  containers: containersSlice,
  updates: updatesSlice,
  run: runSlice,
  history: historySlice,
  suggestions: suggestionsSlice,
  settings: settingsSlice,
  /** All engines; the same for each of them, as `settings` is. */
  fleet: fleetSlice,
} as const;

export type SliceName = keyof typeof slices;
export type Slices = { [N in SliceName]: z.infer<(typeof slices)[N]> };

/** One slice on its way to a view. */
export const sliceMessage = z.object({
  /** The key of the engine that it is of. */
  engine: engineKeyText,
  slice: z.enum(Object.keys(slices) as [SliceName, ...SliceName[]]),
  version: z.number(),
  value: z.unknown(),
});
export type SliceMessage<N extends SliceName = SliceName> = {
  engine: string;
  slice: N;
  version: number;
  value: Slices[N];
};
