import { z } from 'zod';
import { bytes, imageId, inventory, judgedImage, millis, plan, reclaimable } from './model.js';
import { cleanRun } from './runs.js';
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
});

/** A policy that replaces the home's own for one command (`--policy FILE`). */
const policyOverride = z.strictObject({ file: z.string(), text: z.string() }).nullable();

export const imageDetail = z.object({
  image: judgedImage,
  protected: z.enum(['toggle', 'rule']).nullable(),
  /** For each layer from the base up: how many other images stand on it. */
  layers: z
    .array(z.object({ chainId: z.string(), size: bytes, sharedWith: z.number() }))
    .nullable(),
  /** The address of `org.opencontainers.image.source` or `.url`, https only; its host is shown. */
  link: z.string().nullable(),
});

export const protectResult = z.object({
  file: z.string(),
  changed: z.array(z.string()),
  /** Already so before. */
  unchanged: z.array(z.string()),
});

/**
 * The one table of commands: the window's IPC, the control socket, the tray and the CLI call by
 * these names; both ends parse with these schemas (DESIGN §2, §3).
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
  'image.get': define(z.strictObject({ id: imageId }), imageDetail),
  'plan.make': define(z.strictObject({ policy: policyOverride }), plan),
  /** A plan made before, while it is good (JUDGING §5): to be shown again before it runs. */
  'plan.get': define(z.strictObject({ planId: z.string() }), plan),
  /** What would go with these items taken out and groups or items taken in; nothing is changed. */
  'plan.preview': define(
    z.strictObject({
      planId: z.string(),
      except: z.array(imageId),
      also: z.array(z.string()),
    }),
    z.object({
      /** IDs in the order of running; bases of what is not chosen drop out. */
      chosen: z.array(imageId),
      reclaimable,
      each: z.record(z.string(), reclaimable),
    }),
  ),
  'plan.run': define(
    z.strictObject({
      planId: z.string(),
      /** Image IDs. */
      except: z.array(imageId),
      /** Image IDs or the names of groups. */
      also: z.array(z.string()),
      /** A caller's own name for the run: it stands in its progress, and `run.cancel` takes it for an ID. */
      token: z.string().max(64).nullish(),
    }),
    cleanRun,
  ),
  'run.cancel': define(z.strictObject({ runId: z.string() }), done),
  protect: define(
    z.strictObject({
      refs: z.array(z.string()).min(1),
      until: millis.nullable(),
      note: z.string().nullable(),
    }),
    protectResult,
  ),
  unprotect: define(z.strictObject({ refs: z.array(z.string()).min(1) }), protectResult),
  'image.protect': define(z.strictObject({ id: imageId, on: z.boolean() }), protectResult),
  /** Writes the commented default as the home's policy; never over an existing file. */
  'policy.init': define(nothing, z.object({ file: z.string() })),
  history: define(
    z.strictObject({ since: millis.nullable() }),
    z.object({ runs: z.array(cleanRun) }),
  ),
  'engine.look': define(nothing, engineSlice),
  /** An endpoint that discovery found, or null to go by discovery again. */
  'engine.choose': define(z.strictObject({ endpoint: z.string().nullable() }), engineSlice),
  pause: define(z.strictObject({ until: millis.nullable() }), settingsSlice),
  'settings.set': define(
    z.strictObject({
      theme: settingsSlice.shape.theme.optional(),
      language: settingsSlice.shape.language.optional(),
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
