import type { ContainerActs } from '../../adapters/docker/container-acts.js';
import { isCareenError } from '../../domain/errors.js';
import { type Hook, notNow } from '../../domain/update/hooks.js';

/** A hook that did not end well; `exitCode` null: it had not ended in time, or could not be run. */
export interface HookFailure {
  hook: Hook;
  exitCode: number | null;
  /** The end of what it wrote, or why the engine did not run it. */
  output: string;
}

/** What the hooks before an update say of it. */
export type Consent =
  /** `told`: what failed and does not matter. */
  | { go: true; told: HookFailure[] }
  /** `not-now`: it asked for another time, by exit code 75; `failed`: the update must not be begun. */
  | { go: false; why: 'not-now' | 'failed'; failure: HookFailure; told: HookFailure[] };

/** Milliseconds that stand for no timeout: what takes a day never ends. */
const unlimited = 24 * 3_600_000;

const shell = ['sh', '-c'];

/** Runs lifecycle hooks in their container, as its own user and never privileged (UPDATING §5). */
export class Hooks {
  constructor(private readonly engine: () => Pick<ContainerActs, 'exec'>) {}

  /**
   * Runs those before an update, one after another, up to the first that forbids it. The container
   * must be running.
   *
   * @throws CareenError `run-cancelled`; what means that the engine is lost
   */
  async before(container: string, hooks: readonly Hook[], signal: AbortSignal): Promise<Consent> {
    const told: HookFailure[] = [];
    for (const hook of hooks.filter(({ when }) => when === 'pre-update')) {
      const failure = await this.#run(container, hook, signal);
      if (failure === null) continue;
      if (failure.exitCode === notNow) return { go: false, why: 'not-now', failure, told };
      if (hook.aborts) return { go: false, why: 'failed', failure, told };
      told.push(failure);
    }
    return { go: true, told };
  }

  /** Runs those after an update, each whatever became of those before it; gives what failed. */
  async after(
    container: string,
    hooks: readonly Hook[],
    signal: AbortSignal,
  ): Promise<HookFailure[]> {
    const told: HookFailure[] = [];
    for (const hook of hooks.filter(({ when }) => when === 'post-update')) {
      const failure = await this.#run(container, hook, signal);
      if (failure !== null) told.push(failure);
    }
    return told;
  }

  async #run(container: string, hook: Hook, signal: AbortSignal): Promise<HookFailure | null> {
    const options = { timeout: hook.timeout ?? unlimited, signal };
    try {
      const { exitCode, output } = await this.engine().exec(
        container,
        [...shell, hook.command],
        options,
      );
      return exitCode === 0 ? null : { hook, exitCode, output };
    } catch (e) {
      if (!isCareenError(e, 'engine-error')) throw e;
      return { hook, exitCode: null, output: e.details.message };
    }
  }
}
