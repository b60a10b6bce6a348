import type { SliceName } from '../../contract/slices.js';
import { isPending } from '../../contract/pending.js';
import type { UpdatesSlice } from '../../contract/updates.js';
import { CareenError } from '../../domain/errors.js';
import { layerTreeOf } from '../../domain/layer-tree.js';
import { linkOf } from '../../domain/link.js';
import { matchOfReference } from '../../domain/policy/match.js';
import { sharesOf } from '../../domain/shares.js';
import { imageHandlers, judgement } from './images.js';
import { ownHandlers } from './own.js';
import { policyHandlers } from './policy.js';
import { suggestionHandlers } from './suggestions.js';
import type { Collaborators, CommandContext, Handlers, Widening } from './types.js';
import { updateHandlers } from './updates.js';

/** What stands on the disk of an engine that is not met yet. */
const nothingThere = {
  images: [],
  buildCache: 'none' as const,
  engine: { store: 'classic' as const },
};

/** Each command and the service that carries it out. */
export function handlersOf(services: Collaborators): Handlers {
  const { connection, judging, cleaner, policies, journal, undo, runs } = services;
  const { gauges, preferences, state } = services;

  const met = async () => {
    await connection.settled();
    await services.meeting.done();
  };

  const chooseEngine = async (endpoint: string | null, context: CommandContext) => {
    const found = connection.found.looked.some(
      (place) => place.endpoint === endpoint && place.outcome !== 'remote',
    );
    if (endpoint !== null && !found)
      await confirmed(context, { kind: 'foreign-endpoint', endpoint });
    // A run is bound to its engine, and so are its intents.
    if (runs.busy) throw new CareenError('run-under-way', {});
    const stands = await connection.choose(endpoint);
    await met();
    // While it was looked for, another may have been chosen.
    if (stands && (endpoint === null || connection.status === 'connected'))
      await preferences.set({ endpoint });
    return state.get('engine');
  };

  return {
    'state.get': async ({ slice }) => {
      await judging.settled();
      return state.get(slice as SliceName);
    },
    status: async () => {
      await met();
      await Promise.all([judging.settled(), gauges.read()]);
      await services.samples.settled();
      return {
        engine: state.get('engine'),
        gauges: state.get('gauges'),
        totals: state.get('images').totals,
        run: state.get('run'),
        settings: state.get('settings'),
        updates: pendingOf(state.get('updates')),
        triggers: services.triggers.status(),
      };
    },
    inventory: () => judging.sense(),
    judge: ({ policy }, context) => cleaner.judge(ownPolicyOnly(policy, context)),
    ...imageHandlers(services),
    'layers.tree': async () => {
      await judging.settled();
      return layerTreeOf(judging.current?.inventory ?? nothingThere);
    },
    others: ({ policy }, context) => cleaner.others(ownPolicyOnly(policy, context)),
    space: () => services.space.read(),
    'space.shares': async () => {
      await judging.settled();
      const images = judging.current?.inventory.images ?? [];
      const { own, shared } = sharesOf(images, judging.current?.index.chains);
      return { images: images.map(({ id }, i) => ({ id, own: own[i] ?? 0 })), shared };
    },
    'samples.get': ({ span }) => Promise.resolve(services.samples.recent(span)),
    'plan.make': ({ policy, free, kinds, images, verifyWithin }, context) =>
      cleaner.make(ownPolicyOnly(policy, context), {
        free,
        kinds,
        only: images,
        verifyWithin,
        // The window asks for one after another as an amount moves.
        lookedAt: context.by === 'window',
      }),
    'plan.get': ({ planId }) => cleaner.get(planId),
    'plan.preview': async ({ planId, except, also }) => {
      const { order, reclaimable, each } = await cleaner.preview(planId, { except, also });
      return { chosen: order, reclaimable, each };
    },
    'plan.run': ({ planId, except, also, token = null }, { by }) => {
      const { question } = services.triggers;
      const answers = question?.planId === planId ? question.by : null;
      return cleaner.run(planId, { except, also }, by, { token, answers });
    },
    'run.cancel': ({ runId }) => {
      runs.cancel(runId);
      return Promise.resolve({});
    },
    protect: ({ refs, until, note }) => policies.protect(refs.map(matchOfReference), until, note),
    unprotect: async ({ refs }, { by }) => {
      // A page gone wrong could take all protection off at once (DESIGN §6).
      if (refs.length > 1 && by !== 'cli')
        throw new CareenError('not-confirmed', { act: refs.join(', ') });
      return policies.unprotect(refs.map(matchOfReference));
    },
    ...policyHandlers(policies, judging, services.now),
    ...updateHandlers(services, met),
    ...suggestionHandlers(services),
    ...ownHandlers(services),
    history: (filter) => Promise.resolve({ runs: journal.history(filter) }),
    'history.export': ({ format, ...filter }) =>
      Promise.resolve({ text: journal.asText(format, filter) }),
    'history.save': async ({ format, ...filter }, context) => ({
      file: await context.saveFile(`careen-history.${format}`, journal.asText(format, filter)),
    }),
    'undo.preview': ({ runId }) => Promise.resolve({ items: undo.preview(runId) }),
    'undo.run': ({ runId, only, token }, { by }) => undo.run(runId, only, by, token ?? null),
    'question.dismiss': ({ planId }) => {
      services.triggers.dismiss(planId);
      return Promise.resolve({});
    },
    'engine.look': async () => {
      await connection.look();
      await met();
      return state.get('engine');
    },
    'engine.choose': ({ endpoint }, context) => chooseEngine(endpoint, context),
    'engine.chooseSocket': async (_, context) => {
      const path = await context.pickSocket();
      return path === null ? state.get('engine') : chooseEngine(`unix://${path}`, context);
    },
    pause: async ({ until }) => {
      await preferences.set({ pausedUntil: until });
      return preferences.value;
    },
    'settings.set': async (change) => {
      const { theme, language, otherAppsData, launchAtLogin, notify, welcomed } = change;
      if (launchAtLogin !== undefined) await preferences.launchAtLogin(launchAtLogin);
      await preferences.set({
        ...(theme === undefined ? {} : { theme }),
        ...(language === undefined ? {} : { language }),
        ...(otherAppsData === undefined ? {} : { otherAppsData }),
        ...(notify === undefined ? {} : { notify }),
        ...(welcomed === undefined ? {} : { welcomed }),
      });
      if (otherAppsData !== undefined) await gauges.readAfresh();
      return preferences.value;
    },
    'link.open': async ({ imageId }, context) => {
      const image = judgement(services).byId.get(imageId);
      const link = image ? linkOf(image.facts.labels) : null;
      if (link === null) throw new CareenError('image-gone', { id: imageId });
      await context.openLink(link);
      return {};
    },
  };
}

function pendingOf({ checking, checkedAt, nextAt, rows }: UpdatesSlice) {
  const pending = rows.filter(isPending).map(({ container }) => container);
  return { checking, checkedAt, nextAt, pending };
}

/** Rules of the caller's own are for a command line; a page gets those of the home (DESIGN §6). */
function ownPolicyOnly<T>(policy: T | null, { by }: CommandContext): T | null {
  if (policy !== null && by !== 'cli') throw new CareenError('not-confirmed', { act: 'policy' });
  return policy;
}

async function confirmed(
  context: CommandContext,
  widening: Widening & { kind: 'foreign-endpoint' },
): Promise<void> {
  if (!(await context.confirm(widening)))
    throw new CareenError('not-confirmed', { act: widening.endpoint });
}
