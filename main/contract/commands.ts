import { z } from 'zod';
import { fleetCommands } from './fleet.js';
import { imageCommands, protectResult } from './image-commands.js';
import {
  bytes,
  imageId,
  inventory,
  millis,
  mostNamed,
  named,
  reclaimable,
  wholeText,
} from './model.js';
import { layerCommands } from './layers.js';
import { notifyChange } from './notify.js';
import { itemKind, plan } from './plan.js';
import { judgedImage, judgedOther } from './verdict.js';
import { ownCommands } from './own.js';
import { policyCommands } from './policy.js';
import { registryCommands } from './registries.js';
import { askedBy, cleanRun, historyRun, runKind, undoRun } from './runs.js';
import { spaceCommands } from './space.js';
import { suggestionCommands } from './suggestions.js';
import { updateCommands } from './update-commands.js';
import { updatesSlice } from './updates.js';
import {
  engineSlice,
  gaugesSlice,
  imageTotals,
  runSlice,
  settingsSlice,
  slices,
} from './slices.js';

const nothing = z.strictObject({});
const done = z.strictObject({});

const define = <P extends z.ZodType, R extends z.ZodType>(params: P, result: R) => ({
  params,
  result,
});

export const statusResult = z.object({
  engine: engineSlice,
  gauges: gaugesSlice,
  totals: imageTotals,
  run: runSlice,
  settings: settingsSlice,
  updates: updatesSlice.pick({ checking: true, checkedAt: true, nextAt: true }).extend({
    /** Containers with an update that a person can take now, by name. */
    pending: z.array(z.string()),
  }),
  /** What may happen by itself; a question that waits stands in `run`. */
  triggers: z.object({
    /** What the policy allows triggers at most as things stand; null: Careen is paused. */
    mode: z.enum(['suggest', 'confirm', 'auto']).nullable(),
    /** The next scheduled clean-up of this process. */
    next: z.object({ cause: askedBy, at: millis }).nullable(),
    /** A clean-up by itself that waits: `gap` for 24 observed hours, `offline` for its registries, `battery` for the mains. */
    waiting: z
      .object({ cause: askedBy, for: z.enum(['gap', 'offline', 'battery']), since: millis })
      .nullable(),
  }),
});

/** A policy that replaces the home's own for one command (`--policy FILE`). */
const policyOverride = z.strictObject({ file: named, text: wholeText }).nullable();

/** Which runs of the history are wanted; null asks for all. */
const historyFilter = z.strictObject({
  since: millis.nullable(),
  until: millis.nullable().default(null),
  kind: runKind.nullable().default(null),
  by: askedBy.nullable().default(null),
  /** Part of a name, or the beginning of an ID, of anything that the run spoke of. */
  item: z.string().max(512).nullable().default(null),
  runId: named.nullable().default(null),
});
const historyFile = historyFilter.extend({ format: z.enum(['csv', 'json']) });

/**
 * The one table of commands: the window's IPC, the control socket, the tray and the CLI call by
 * these names; both ends parse with these schemas (DESIGN §2, §3). With each goes the key of the engine
 * that it is given to (`contract/fleet.ts`), beside its parameters; absent, it is the first's.
 */
export const commands = {
  /** A slice whole, after a version gap. */
  'state.get': define(
    z.strictObject({ slice: z.enum(Object.keys(slices) as [string, ...string[]]) }),
    z.unknown(),
  ),
  status: define(nothing, statusResult),
  inventory: define(nothing, inventory),
  judge: define(z.strictObject({ policy: policyOverride }), z.array(judgedImage)),
  ...imageCommands,
  ...layerCommands,
  'plan.make': define(
    z.strictObject({
      policy: policyOverride,
      /** Bytes: only as much as is needed to free so much (JUDGING §5, "Free X GB"). */
      free: bytes.nullable().default(null),
      /** Only these kinds; null is all. */
      kinds: z.array(itemKind).min(1).max(itemKind.options.length).nullable().default(null),
      /** A plan of these images alone, which a person named: those of them that nothing keeps. */
      images: z.array(imageId).min(1).max(mostNamed).nullable().default(null),
      /** Milliseconds to wait for registries to say what can be had again: for who shows it once. */
      verifyWithin: z.number().int().min(0).max(30_000).default(0),
    }),
    plan,
  ),
  /** A plan made before, while it is good (JUDGING §5): to be shown again before it runs. */
  'plan.get': define(z.strictObject({ planId: named }), plan),
  /** What would go with these items taken out and groups or items taken in; nothing is changed. */
  'plan.preview': define(
    z.strictObject({
      planId: named,
      except: z.array(named).max(mostNamed),
      also: z.array(named).max(mostNamed),
    }),
    z.object({
      /** IDs in the order of running; bases of what is not chosen drop out. */
      chosen: z.array(z.string()),
      reclaimable,
      each: z.record(z.string(), reclaimable),
    }),
  ),
  'plan.run': define(
    z.strictObject({
      planId: named,
      /** Items' IDs. */
      except: z.array(named).max(mostNamed),
      /** Items' IDs or the names of groups. */
      also: z.array(named).max(mostNamed),
      /** A caller's own name for the run: it stands in its progress, and `run.cancel` takes it for an ID. */
      token: z.string().max(64).nullish(),
    }),
    cleanRun,
  ),
  'run.cancel': define(z.strictObject({ runId: named }), done),
  protect: define(
    z.strictObject({
      refs: z.array(named).min(1).max(mostNamed),
      until: millis.nullable(),
      note: z.string().max(1_000).nullable(),
    }),
    protectResult,
  ),
  unprotect: define(z.strictObject({ refs: z.array(named).min(1).max(mostNamed) }), protectResult),
  ...policyCommands,
  ...updateCommands,
  ...suggestionCommands,
  ...registryCommands,
  ...ownCommands,
  ...fleetCommands,
  history: define(historyFilter, z.object({ runs: z.array(historyRun) })),
  /** The same runs as text, one line an item in CSV; for a file that the caller writes. */
  'history.export': define(historyFile, z.object({ text: z.string() })),
  /** The same into a file that main's own dialog asks for; null: the person changed their mind. */
  'history.save': define(historyFile, z.object({ file: z.string().nullable() })),
  /** What undoing a clean-up would pull again, and what it cannot; nothing is changed. */
  'undo.preview': define(
    z.strictObject({ runId: named }),
    z.object({
      items: z.array(
        z.object({
          id: z.string(),
          refs: z.array(z.string()),
          /** What it would be pulled by; null: it cannot be brought back. */
          pull: z.string().nullable(),
        }),
      ),
    }),
  ),
  'undo.run': define(
    z.strictObject({
      runId: named,
      /** Image IDs; null is all that can be brought back. */
      only: z.array(imageId).max(mostNamed).nullable().default(null),
      token: z.string().max(64).nullish(),
    }),
    undoRun,
  ),
  /** Containers, networks, volumes and the build cache with their verdicts. */
  others: define(z.strictObject({ policy: policyOverride }), z.array(judgedOther)),
  /**
   * How full the engine's disk was, and when it was cleaned up: each hour of the last 30 days, or of
   * the last 366 days those and before them one of each day. Clean-ups are of 30 days either way.
   */
  'samples.get': define(
    z.strictObject({ span: z.enum(['month', 'year']).default('month') }),
    z.object({
      samples: z.array(z.object({ at: millis, used: bytes, available: bytes })),
      cleanUps: z.array(z.object({ at: millis, freed: bytes.nullable() })),
    }),
  ),
  ...spaceCommands,
  /** Lays a trigger's question aside until something else makes it anew; null: one without a plan. */
  'question.dismiss': define(z.strictObject({ planId: named.nullable() }), done),
  'engine.look': define(nothing, engineSlice),
  /** An endpoint that discovery found, or null to go by discovery again. */
  'engine.choose': define(z.strictObject({ endpoint: named.nullable() }), engineSlice),
  pause: define(z.strictObject({ until: millis.nullable() }), settingsSlice),
  'settings.set': define(
    z.strictObject({
      theme: settingsSlice.shape.theme.optional(),
      language: settingsSlice.shape.language.optional(),
      otherAppsData: settingsSlice.shape.otherAppsData.optional(),
      launchAtLogin: z.boolean().optional(),
      notify: notifyChange.optional(),
      welcomed: settingsSlice.shape.welcomed.optional(),
    }),
    settingsSlice,
  ),
  /** Opens main's file dialog; the path never comes from the window (DESIGN §6). */
  'engine.chooseSocket': define(nothing, engineSlice),
  'link.open': define(z.strictObject({ imageId }), done),
} as const;

export type CommandName = keyof typeof commands;
export type Params<N extends CommandName> = z.input<(typeof commands)[N]['params']>;
export type Result<N extends CommandName> = z.output<(typeof commands)[N]['result']>;

/** The answer to a command: a result, or a failure by code. */
export type Answer<N extends CommandName> =
  | { ok: true; result: Result<N> }
  | { ok: false; error: { code: string; details: Record<string, unknown> } };
