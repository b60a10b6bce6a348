import type { ContainerActs } from '../adapters/docker/container-acts.js';
import type { MoveOver } from '../contract/update-preview.js';
import type { Inventory } from '../domain/facts.js';
import { ownerOf } from '../domain/owners/owner-of.js';
import { objectOf, textsOf } from '../domain/update/labels.js';
import { moveOver, type Candidate } from '../domain/update/move-over.js';
import type { Policies } from './policies.js';

/** The one whose labels and options are read. */
const mover = 'Watchtower';

/** Where it is read how Watchtower was told to update. */
export interface MovingOverGround {
  inventory(): Promise<Inventory>;
  engine(): Pick<ContainerActs, 'inspectContainer'>;
  policies: Pick<Policies, 'required'>;
}

/** Turns what Watchtower was told on this engine into an edit of the policy (UPDATING §3). */
export class MovingOver {
  constructor(private readonly from: MovingOverGround) {}

  /** Nothing is written. Throws `policy-invalid`, and what keeps the engine from answering. */
  async propose(): Promise<{ proposal: MoveOver; edit: (text: string) => string }> {
    const { images, containers } = await this.from.inventory();
    const { text, policy } = await this.from.policies.required(null);
    const byId = new Map(images.map((image) => [image.id, image]));
    const candidates = containers.map((container): Candidate => {
      const image = byId.get(container.imageId) ?? null;
      return { container, image, owner: ownerOf(container, image) };
    });
    const updater = await this.#updaterOf(candidates);
    return moveOver({ updater, candidates, policy: policy.update, text });
  }

  /** The container that it runs in, before one that is stopped; with how it was started. */
  async #updaterOf(candidates: readonly Candidate[]) {
    const its = candidates.filter(({ owner }) => owner.kind === 'updater' && owner.tool === mover);
    const found = its.find(({ container }) => container.state === 'running') ?? its[0];
    if (!found) return null;
    const { id, name } = found.container;
    const spec = await this.from.engine().inspectContainer(id);
    if (!spec) return null;
    const { Entrypoint: entrypoint, Cmd: command, Env: environment } = objectOf(spec.Config);
    const args = [...textsOf(entrypoint).slice(1), ...textsOf(command)];
    const env = Object.fromEntries(textsOf(environment).map(variable));
    return { tool: mover, container: name, started: { args, env } };
  }
}

function variable(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
