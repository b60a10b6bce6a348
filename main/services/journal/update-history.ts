import type { UpdateRun } from '../../contract/runs.js';
import type { StepTold, UpdatedContainer } from '../../contract/update-steps.js';
import { stepId } from '../../domain/update/steps.js';
import { unknownVersion } from '../../domain/update/types.js';
import type { Begun, BegunUpdate, Ended } from './records.js';
import type {
  ContainerResult,
  ServiceUndertaken,
  StepOutcome,
  Turned,
  Undertaken,
  UpdateRecord,
} from './update-records.js';

/** Everything that the log tells of one container in a run of updates. */
export interface ToldContainer {
  undertaken: Undertaken | null;
  /** Of a service, in its place. */
  service: ServiceUndertaken | null;
  /** When each step was begun, in that order. */
  intents: Map<StepOutcome['step'], number>;
  outcomes: Map<StepOutcome['step'], StepOutcome>;
  turned: Turned | null;
  result: ContainerResult | null;
}

/** A run of updates that is not closed, with every container that has no result yet. */
export interface OpenUpdate {
  begun: BegunUpdate;
  ended: boolean;
  /** Those that were begun, by name, in that order. */
  containers: ToldContainer[];
  /** The same of services. */
  services: ToldContainer[];
  /** Names of those that were not. */
  untried: string[];
}

export const isUpdate = (begun: Begun): begun is BegunUpdate => 'containers' in begun;

/** Takes in what the log tells further of a container. */
export function tellUpdate(containers: Map<string, ToldContainer>, record: UpdateRecord): void {
  // Where an update was left out it may follow what it depends on: another turn.
  const isBegun = record.t === 'undertaken' || record.t === 'service-undertaken';
  const known = isBegun ? undefined : containers.get(record.container);
  const told = known ?? nothingTold();
  containers.set(record.container, told);
  if (record.t === 'undertaken') told.undertaken = record;
  else if (record.t === 'service-undertaken') told.service = record;
  else if (record.t === 'turned') told.turned = record;
  else if (record.t === 'result') told.result = record;
  else if (record.t === 'step-outcome') told.outcomes.set(record.step, record);
  else told.intents.set(record.step, record.at);
}

function nothingTold(): ToldContainer {
  return {
    undertaken: null,
    service: null,
    intents: new Map(),
    outcomes: new Map(),
    turned: null,
    result: null,
  };
}

/** The records that tell the same again. */
export function updateRecordsOf(
  runId: string,
  containers: ReadonlyMap<string, ToldContainer>,
): UpdateRecord[] {
  return [...containers].flatMap(([container, told]): UpdateRecord[] => [
    ...(told.undertaken ? [told.undertaken] : []),
    ...(told.service ? [told.service] : []),
    ...[...told.intents].map(([step, at]) => {
      return { t: 'step-intent' as const, runId, container, step, at };
    }),
    ...told.outcomes.values(),
    ...(told.turned ? [told.turned] : []),
    ...(told.result ? [told.result] : []),
  ]);
}

/** One run of updates as its entry in the history. */
export function updateOf(
  begun: BegunUpdate,
  containers: ReadonlyMap<string, ToldContainer>,
  ended: Ended | null,
): UpdateRun {
  const { runId, by, engine, at, kind } = begun;
  const asked = new Set(begun.containers.map((one) => one.container));
  const others = [...containers].filter(([name]) => !asked.has(name));
  return {
    runId,
    by,
    engine,
    kind,
    startedAt: at,
    endedAt: ended?.at ?? null,
    outcome: ended?.outcome ?? null,
    containers: [
      ...begun.containers.map((one) => containerOf(one, containers.get(one.container))),
      ...others.flatMap(([, told]) => dependantOf(told)),
    ],
  };
}

type Asked = BegunUpdate['containers'][number];

function containerOf(asked: Asked, told: ToldContainer | undefined): UpdatedContainer {
  const { to } = asked;
  // What the registry did not tell beforehand the pulled image does.
  const tagged = told?.outcomes.get('tag')?.image;
  return {
    ...asked,
    to: tagged
      ? {
          ...to,
          imageId: tagged.id,
          created: to.created ?? tagged.created,
          label: to.label ?? tagged.label,
        }
      : to,
    result: told?.result?.result ?? null,
    downFor: told?.result?.downFor ?? null,
    steps: told ? stepsOf(told) : [],
    recovered: told?.result?.recovered ?? null,
  };
}

/** One that was made anew, or restarted, since another was. */
function dependantOf(told: ToldContainer): UpdatedContainer[] {
  const { undertaken } = told;
  if (!undertaken) return [];
  const { container, oldReference: reference, imageId } = undertaken;
  const same = { ...unknownVersion, imageId };
  return [containerOf({ container, reference, from: same, to: same, data: [] }, told)];
}

function stepsOf(told: ToldContainer): StepTold[] {
  const { intents, outcomes, turned, result } = told;
  const undertaken = told.undertaken ?? told.service;
  return (undertaken?.steps ?? []).map((step): StepTold => {
    const begun = intents.get(step);
    const outcome = outcomes.get(step);
    return {
      id: stepId(undertaken?.container ?? '', step),
      container: undertaken?.container ?? '',
      step,
      state: stateOf(begun, outcome, turned !== null, result !== null),
      took: begun === undefined || !outcome ? null : Math.max(0, outcome.at - begun),
      bytes: outcome?.bytes ?? null,
      count: null,
    };
  });
}

function stateOf(
  begun: number | undefined,
  outcome: StepOutcome | undefined,
  turned: boolean,
  closed: boolean,
): StepTold['state'] {
  if (outcome?.state === 'failed') return 'failed';
  if (turned) return begun === undefined ? 'skipped' : 'undone';
  if (outcome) return outcome.state;
  if (closed) return 'skipped';
  return begun === undefined ? 'waiting' : 'working';
}

/**
 * What of a run is still open; null where every container has its result. What depends on those that
 * were updated has none where the engine went away in between, and may hang on what is there no more.
 */
export function openUpdateOf(
  begun: BegunUpdate,
  containers: ReadonlyMap<string, ToldContainer>,
  ended: Ended | null,
): OpenUpdate | null {
  const open = [...containers.values()].filter((told) => !told.result);
  const owes =
    ended?.outcome === 'engine-lost' &&
    begun.dependants.some(({ container }) => !containers.get(container)?.result);
  if (ended && open.length === 0 && !owes) return null;
  return {
    begun,
    ended: ended !== null,
    containers: open.filter(({ undertaken }) => undertaken !== null),
    services: open.filter(({ service }) => service !== null),
    untried: begun.containers
      .map(({ container }) => container)
      .filter((name) => {
        const told = containers.get(name);
        return !told?.undertaken && !told?.service && !told?.result;
      }),
  };
}
