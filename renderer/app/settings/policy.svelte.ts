import type { Params, Result } from '../../../main/contract/commands.js';
import type { Call } from '../state/caller.js';

/** The policy as main tells it, and the settings of it that are changed one at a time. */
export class PolicyHolder {
  view = $state.raw<Result<'policy.get'> | null>(null);
  writing = $state(false);

  constructor(private readonly call: Call) {}

  async read(): Promise<void> {
    const answer = await this.call('policy.get', {});
    if (answer) this.view = answer;
  }

  async edit(change: Params<'policy.edit'>): Promise<void> {
    this.writing = true;
    const answer = await this.call('policy.edit', change);
    this.writing = false;
    // Where it was refused, what a person changed stands again as the policy says.
    this.view = answer ?? (this.view && { ...this.view });
  }
}
