import { controlPlace } from './adapters/control/place.js';
import { finder } from './adapters/docker/finder.js';
import type { Settings } from './adapters/store/settings.js';
import { fleetOf } from './assemble/fleet.js';
import { endInOrder, homeOf } from './assemble/home.js';
import type { Parts } from './assemble/parts.js';
import { firstEngine } from './contract/first-engine.js';
import { RecentErrors } from './services/diagnostics/errors.js';
import { Careen } from './services/facade.js';
import { claim } from './services/owner/claim.js';
import type { OwnerClient } from './services/owner/client.js';
import { LateServe } from './services/owner/late-serve.js';
import type { Owner } from './services/owner/owner.js';

/**
 * The application itself, or the way to the process that has the data home. `owner` holds the home:
 * a process that ends with its own work lets that of its clients end first.
 */
export type Opened =
  | { role: 'owner'; careen: Careen; settings: Settings; owner: Owner }
  | { role: 'client'; client: OwnerClient };

/**
 * Claims the data home and puts the parts together, or finds who has it. Throws `home-unwritable`,
 * `home-foreign`, `owner-other-version`.
 */
export async function assemble(parts: Parts): Promise<Opened> {
  const clients = new LateServe();
  const owner = await claim({
    place: controlPlace(parts.home),
    self: { home: parts.home, version: parts.version, by: parts.by },
    serve: clients.serve,
  });
  if (owner.role === 'client') return { role: 'client', client: owner };
  try {
    const home = await homeOf(parts, owner, new RecentErrors(() => parts.clock.now()));
    const { fleet, commands } = await fleetOf(home, finder);
    const careen = new Careen(fleet, commands, () =>
      endInOrder([() => owner.stop(), () => fleet.close(), () => owner.close()], home.report),
    );
    const first = await fleet.room(firstEngine);
    if (parts.by === 'app') {
      await home.preferences.meet(await first.isKnown()).catch(home.report);
      void fleet.openAll();
    }
    clients.begin((name, params, _, engine) => careen.serve(name, params, engine));
    return { role: 'owner', careen, settings: home.settings, owner };
  } catch (e) {
    clients.fail(e);
    await owner.drain();
    await owner.close();
    throw e;
  }
}
