import PQueue from 'p-queue';
import { sizeOfFile } from '../adapters/host/file-size.js';
import type { DockerEngine } from '../adapters/docker/types.js';
import type { Inventory } from '../domain/facts.js';
import type { Forecast } from '../domain/forecast/forecast.js';
import { addRule, removeRule } from '../domain/policy/edit/rules.js';
import type { PolicyEdit, Thresholds, VmFile } from '../domain/suggestions/types.js';
import type { Cleaner } from '../services/cleaner/index.js';
import { countDeadline } from '../services/space.js';
import type { Dismissals } from '../services/suggestions/dismissals.js';
import { Suggestions } from '../services/suggestions/index.js';
import type { Around } from './around.js';

/** What foresees, and what runs next; of others' making. */
export interface Foresight {
  forecast: () => Forecast | null;
  nextRun: () => number | null;
}

/** Puts together what suggests. */
export function suggesting(
  around: Around,
  cleaner: Cleaner,
  dismissals: Dismissals,
  { forecast, nextRun }: Foresight,
  thresholds?: Thresholds,
): Suggestions {
  const { judging, inventory, knowledge, policies, gauges, connection, userActive, clock, report } =
    around;
  const suggestions = new Suggestions(
    {
      judging,
      surroundings: () => ({
        projects: knowledge.projects,
        vm: vmOf(gauges.value.engine),
        forecast: forecast(),
        nextRun: nextRun(),
      }),
      userActive,
      plan: (only) => cleaner.make(null, { only }),
      edited: async (edit) => (await policies.preview((text) => editOf(text, edit))).after,
      measure: async (taken) => {
        await inventory.diskUse(countDeadline);
        await judging.settled();
        return logSizes(connection.required(), taken);
      },
    },
    dismissals,
    clock,
    thresholds,
  );
  gauges.on('changed', () => suggestions.lookAround());
  suggestions.on('failed', report);
  return suggestions;
}

function editOf(text: string, edit: PolicyEdit): string {
  return edit.edit === 'remove-rule'
    ? removeRule(text, edit.list, edit.id)
    : addRule(text, edit.list, edit.rule);
}

/** Of a disk file its figures; what is used inside only where it is measured. */
function vmOf({
  of,
  allocated,
  used,
  qualityOf,
  returns,
}: Around['gauges']['value']['engine']): VmFile | null {
  if (of === null || allocated === null) return null;
  return { file: of, allocated, used: qualityOf.used === 'measured' ? used : null, returns };
}

/** Of the engine on this machine itself: those of a VM lie where this host does not see them. */
async function logSizes(
  engine: DockerEngine,
  { containers }: Inventory,
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  if (engine.diskRoots.length === 0) return sizes;
  const queue = new PQueue({ concurrency: 8 });
  await queue.addAll(
    containers
      .filter(({ log }) => log?.driver === 'json-file')
      .map(({ id }) => async () => {
        const file = await engine.logFile(id);
        const bytes = file === null ? null : await sizeOfFile(file);
        if (bytes !== null) sizes.set(id, bytes);
      }),
  );
  return sizes;
}
