import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { CONTENT_SECURITY_POLICY } from '../../main/shell/security.js';
import type { Params, Result } from '../../main/contract/commands.js';
import type { ImageLayers } from '../../main/contract/image-layers.js';
import type { ImageRow, Slices } from '../../main/contract/slices.js';
import { layerTreeOf } from '../../main/domain/layer-tree.js';
import type { JudgedOther } from '../../main/domain/verdict/types.js';
import type { OpenedSuggestion } from '../../main/contract/suggestions.js';
import { electronFlags, electronPath } from '../e2e/support/app.js';
import { NOW, SIZES } from './base.js';
import { others, policyView, undoOf } from './kinds.js';
import { freedBy } from './store.js';
import { accountOf, sharesOf } from './space.js';
import { detailOf, keptDetailOf } from './details.js';
import type { PolicyAnswers } from './policies.js';
import { imageLayers } from './image-layers.js';
import { judgeEachState, listenForUnworded, listenTo } from './judge.js';
import { nothingOf, planOf, previewOf, runOf } from './runs.js';
import { about, preview, registries } from './settings-answers.js';
import { monthOf } from './trend.js';
import { moveOver, previewFailed, previews } from './update-previews.js';
import { failedRun } from './update-runs.js';

const ORIGIN = 'http://careen.test';
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

export interface View {
  route: string;
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
  slices: Slices;
  /** The key of the engine that they are of; the first one's where it is absent. */
  engine?: string;
  /** How full the engine's disk was; a month with three clean-ups where it is absent. */
  samples?: Result<'samples.get'>;
  /** The policy in force; one that others may write where it is absent. */
  policy?: Result<'policy.get'>;
  /** What is said of the policy, of its drafts and its templates. */
  drafts?: PolicyAnswers;
  registries?: Result<'registries'>;
  /** How the engine counts what it holds; at once where it is absent. */
  counts?: 'at once' | 'for ever' | 'never';
  /** The tree of the images' layers; one without images where it is absent. */
  tree?: Result<'layers.tree'>;
  /** What a suggestion would do, by its key. */
  opened?: Record<string, OpenedSuggestion>;
  /** What there is beside images, judged; a developer's where it is absent. */
  others?: JudgedOther[];
  /** The docker contexts that there are; none where they are absent. */
  contexts?: Result<'engines.list'>['contexts'];
  /** An image's layers with what made them; a usual image's where it is absent. */
  layers?: ImageLayers;
  /** What every command is answered with: nothing yet, or that the engine is lost; absent: what it asks for. */
  answers?: 'never' | 'engine-lost';
  /** The browser that the page takes itself to be in: what it tells the platform by. */
  userAgent?: string;
  /** What a person does before the picture is taken. */
  act?: (page: Page) => Promise<void>;
}

const noLayers = layerTreeOf({ images: [], buildCache: 'none', engine: { store: 'classic' } });

/** An Electron without Careen's main process, to open the built window in; it has Chinese letters. */
export async function openStage(): Promise<ElectronApplication> {
  const stage = await _electron.launch({
    executablePath: electronPath,
    args: [path.join(import.meta.dirname, 'stage.cjs'), ...electronFlags],
    // Electron would warn of the made-up origin, which is none of the app's.
    env: { ...process.env, ELECTRON_DISABLE_SECURITY_WARNINGS: 'true' },
  });
  if (await drawsHan(stage)) return stage;
  await stage.close();
  throw new Error('No font here has Chinese letters: every Chinese picture would be of boxes.');
}

/** Whether two Han letters look different from each other, and from what has no letter at all. */
async function drawsHan(stage: ElectronApplication): Promise<boolean> {
  const opened = stage.waitForEvent('window');
  await stage.evaluate(({ BrowserWindow }) => {
    void new BrowserWindow({ width: 300, height: 200 }).loadURL('about:blank');
  });
  const page = await opened;
  const drawn = await page.evaluate(() =>
    // The last is no letter in Unicode, and never will be.
    ['清', '理', '\uffff'].map((letter) => {
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d');
      if (context) context.font = '24px system-ui, sans-serif';
      context?.fillText(letter, 4, 40);
      return canvas.toDataURL();
    }),
  );
  await page.close();
  return new Set(drawn).size === drawn.length;
}

/**
 * The built window with slices of made-up rows in place of main, under the real page policy. It is judged
 * with each picture and when it is closed (judge.ts).
 */
export async function openView(stage: ElectronApplication, view: View): Promise<Page> {
  const opened = stage.waitForEvent('window');
  await stage.evaluate(
    ({ BrowserWindow }, size) => {
      const window = new BrowserWindow({ ...size, useContentSize: true });
      void window.loadURL('about:blank');
    },
    { width: view.width ?? 1180, height: view.height ?? 760 },
  );
  const page = await opened;
  listenTo(page);
  // What one picture's person typed is not there in the next.
  await page.addInitScript(() => localStorage.clear());
  if (view.userAgent !== undefined)
    await page.addInitScript((userAgent) => {
      Object.defineProperty(navigator, 'userAgent', { value: userAgent });
    }, view.userAgent);
  await page.emulateMedia({ colorScheme: view.theme ?? 'light', reducedMotion: 'reduce' });
  await page.clock.setFixedTime(NOW);
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const file = path.resolve('out/renderer', `.${pathname}`);
    await route.fulfill({
      body: await readFile(file),
      headers: {
        'content-type': types[path.extname(file)] ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY,
      },
    });
  });
  const { engine } = view.slices.gauges;
  const rows: ImageRow[] = view.slices.images.upsert;
  const some = rows.find((r) => r.verdict === 'remove') ?? rows[0];
  await page.exposeFunction('previewed', (p: Params<'plan.preview'>) => previewOf(rows, p));
  await page.exposeFunction('together', ({ ids }: Params<'images.together'>) => ({
    reclaimable: freedBy(rows.filter(({ id }) => ids.includes(id))),
  }));
  await page.addInitScript(
    ({
      slices,
      plan,
      run,
      layers,
      detail,
      details,
      kept,
      others,
      shares,
      space,
      counts,
      undo,
      policy,
      drafts,
      settings,
      updates,
      month,
      opened,
      contexts,
      tree,
      only,
      engine,
    }) => {
      const of = { engine, version: 1 };
      const told = window as unknown as Record<'previewed' | 'together', (p: unknown) => unknown>;
      const asked: { name: string; params: unknown }[] = [];
      const viewed: string[] = [];
      const answers: Record<string, (p: Record<string, unknown>) => unknown> = {
        'plan.make': (p) => {
          if (!plan) return plan;
          const kinds = p.kinds as string[] | null;
          const wanted = p.free as number | null;
          const items = plan.items.filter(
            (i) =>
              (kinds === null || kinds.includes(i.kind)) && (wanted === null || i.kind === 'image'),
          );
          if (wanted === null) return { ...plan, items };
          let sum = 0;
          const enough = items.filter((i) => {
            if (sum >= wanted || !i.ticked) return false;
            sum += i.reclaimable.min;
            return true;
          });
          return {
            ...plan,
            items: enough,
            reclaimable: { min: sum, max: sum, certainty: 'exact' },
            free: { wanted, shortfall: Math.max(0, wanted - sum) },
          };
        },
        'plan.get': () => plan,
        others: () => others,
        'space.shares': () => shares,
        space: () => (counts === 'for ever' ? new Promise(() => undefined) : space),
        'policy.get': () => policy,
        'policy.try': ({ text }) =>
          Object.values(drafts.templates).find((one) => one.text === text)?.tried ?? drafts.tried,
        'policy.template': ({ template }) => drafts.templates[template as string],
        'policy.save': ({ text }) => ({ ...policy, text }),
        registries: () => settings.registries,
        about: () => settings.about,
        'diagnostics.preview': () => settings.preview,
        'diagnostics.save': () => ({ file: '/home/ada/careen-diagnostics-2026-11-24.tar.gz' }),
        history: (p) => ({
          runs: slices.history.head.filter(
            (r) =>
              (p.kind === null || r.kind === p.kind) &&
              r.startedAt >= ((p.since as number | null) ?? 0) &&
              (p.item === null || JSON.stringify(r).includes(p.item as string)),
          ),
        }),
        'undo.preview': () => undo,
        'update.preview': (p) => updates.previews[p.container as string],
        'update.moveOver': () => updates.moveOver,
        'plan.preview': (p) => told.previewed(p),
        'engines.list': () => ({ ...slices.fleet, contexts }),
        'samples.get': () => month,
        'layers.tree': () => tree,
        'suggestion.open': (p) => opened[p.key as string] ?? null,
        'plan.run': () => run,
        'update.run': () => updates.run,
        'update.rollback': () => updates.run,
        'update.release': () => updates.run,
        'image.layers': () => layers,
        'images.together': (p) => told.together(p),
        'images.names': (p) =>
          slices.images.upsert
            .filter((r) => (p.ids as string[]).includes(r.id))
            .map(({ id, refs, repository, recoverable }) => ({
              id,
              refs,
              digests: recoverable === 'likely' && repository ? [`${repository}@${id}`] : [],
            })),
        'image.get': (p) => {
          const row = slices.images.upsert.find(({ id }) => id === p.id);
          const own = details[p.id as string];
          if (own) return own;
          const like = row?.verdict === 'remove' ? detail : kept;
          return like && row
            ? { ...like, image: { ...like.image, id: row.id }, protected: null }
            : null;
        },
      };
      Object.assign(window, {
        careen: {
          call: async (name: string, params: Record<string, unknown>) => {
            asked.push({ name, params });
            if (only === 'never') return new Promise<string>(() => undefined);
            if (only !== null)
              return JSON.stringify({
                ok: false,
                error: { code: only, details: { endpoint: slices.engine.facts?.endpoint ?? '' } },
              });
            const result = await answers[name]?.(params);
            if (name === 'space' && counts === 'never')
              return JSON.stringify({
                ok: false,
                error: {
                  code: 'engine-silent',
                  details: { endpoint: slices.engine.facts?.endpoint ?? '', seconds: 10 },
                },
              });
            const error =
              name === 'update.preview' && result === undefined
                ? updates.previewFailed
                : name === 'policy.save'
                  ? drafts.refused
                  : undefined;
            return JSON.stringify(
              error === undefined ? { ok: true, result: result ?? {} } : { ok: false, error },
            );
          },
          view: (engine: string) => {
            viewed.push(engine);
            return Promise.resolve(JSON.stringify({ ok: true, result: {} }));
          },
          subscribe: (listener: (message: string) => void) => {
            const tell = (slice: string, value: unknown, engine = 'first') =>
              listener(JSON.stringify({ engine, slice, value, version: 2 }));
            Object.assign(window, { tell, answers, asked, viewed });
            // At once, as the preload does with what main said while the page was being loaded.
            for (const [slice, value] of Object.entries(slices))
              listener(JSON.stringify({ ...of, slice, value }));
            return () => undefined;
          },
        },
      });
    },
    {
      slices: view.slices,
      engine: view.engine ?? 'first',
      plan: some === undefined ? nothingOf() : some.verdict === 'remove' ? planOf(rows) : null,
      run: some?.verdict === 'remove' ? runOf(rows) : null,
      layers: view.layers ?? imageLayers,
      detail: some ? detailOf(some) : null,
      details: Object.fromEntries(
        rows
          .filter(({ verdict }) => verdict === 'remove')
          .slice(0, 60)
          .map((row) => [row.id, detailOf(row)]),
      ),
      kept: some ? keptDetailOf(some) : null,
      others: rows.length === 0 ? [] : (view.others ?? others),
      shares: sharesOf(view.slices),
      space: accountOf(view.slices),
      counts: view.counts ?? 'at once',
      policy: view.drafts?.view ?? view.policy ?? policyView,
      drafts: {
        tried: view.drafts?.tried ?? null,
        templates: view.drafts?.templates ?? {},
        refused: view.drafts?.refused,
      },
      settings: { registries: view.registries ?? registries, about, preview },
      updates: { previews, previewFailed, moveOver, run: failedRun },
      month: view.samples ?? monthOf(engine.used ?? 45.4e9, engine.available ?? 18.6e9),
      opened: view.opened ?? {},
      contexts: view.contexts ?? [],
      tree: view.tree ?? noLayers,
      only: view.answers ?? null,
      undo: some?.verdict === 'remove' ? undoOf(runOf(rows)) : { items: [] },
    },
  );
  await page.goto(`${ORIGIN}/index.html#/${view.route}`);
  await page.waitForSelector('[data-testid=answer]');
  // Where the pointer happens to be on the screen, no tip is asked for.
  await page.mouse.move(0, 0);
  await view.act?.(page);
  await listenForUnworded(page);
  // What is dark has its letters where they are in the light.
  judgeEachState(page, view.theme === 'dark' ? {} : SIZES);
  return page;
}
