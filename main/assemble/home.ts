import { thisRegistryHost, Credentials } from '../adapters/registry/credentials/index.js';
import { onBattery } from '../adapters/host/power.js';
import type { Settings } from '../adapters/store/settings.js';
import type { RecentErrors } from '../services/diagnostics/errors.js';
import type { MetDoc } from '../services/fleet/met.js';
import type { FleetDoc } from '../services/fleet/stored.js';
import type { Owner } from '../services/owner/owner.js';
import { PolicyEdits } from '../services/policies.js';
import { Preferences } from '../services/preferences.js';
import { Dismissals } from '../services/suggestions/dismissals.js';
import type { Parts } from './parts.js';
import { Stores } from './stores.js';

/** What there is once, however many engines there are. */
export interface Home {
  parts: Parts;
  owner: Owner;
  settings: Settings;
  preferences: Preferences;
  stores: Stores;
  /** Which engines there are beside the first. */
  known: FleetDoc;
  /** Whom the first engine was, by address. */
  met: MetDoc;
  dismissals: Dismissals;
  policyEdits: PolicyEdits;
  credentials: Credentials;
  errors: RecentErrors;
  now: () => number;
  power: () => Promise<boolean | null>;
  report: (error: unknown) => void;
  /** Asked before each run on any engine: throws where the home is no longer this process's. */
  mayRun: () => Promise<void>;
}

/** Opens what the data home holds for all engines alike, as its owner. Throws `home-unwritable`. */
export async function homeOf(parts: Parts, owner: Owner, errors: RecentErrors): Promise<Home> {
  const { home: folder, clock } = parts;
  const now = () => clock.now();
  const report = (error: unknown) => {
    errors.note(error);
    parts.report(error);
  };
  const { settings, movedAside } = await parts.settings();
  const preferences = new Preferences(
    settings,
    folder,
    movedAside ? [movedAside] : [],
    parts.loginItem ?? null,
  );
  await preferences.readLoginItem().catch(report);
  const stores = await Stores.open({
    folder,
    now,
    report,
    onMovedAside: (moved) => preferences.tellMoved(moved),
  });
  const [known, met] = [await stores.fleet(), await stores.met()];
  return {
    parts,
    owner,
    settings,
    preferences,
    stores,
    known,
    met,
    dismissals: new Dismissals(await stores.dismissals()),
    policyEdits: new PolicyEdits(),
    credentials: new Credentials(thisRegistryHost(), now),
    errors,
    now,
    power: () => (parts.power ? Promise.resolve(parts.power()) : onBattery()),
    report,
    mayRun: async () => {
      await owner.assertMine();
      await stores.reserve.ensure();
    },
  };
}

/** Whatever fails on the way, the rest is ended too: above all the home is given up. */
export async function endInOrder(
  steps: readonly (() => void | Promise<void>)[],
  report: (error: unknown) => void,
): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (e) {
      report(e);
    }
  }
}
