import { shellWord } from '../command.js';
import { splitReference } from '../../reference.js';
import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const site = 'com.ddev.site-name';

/**
 * DDEV (ddev/ddev:pkg/ddevapp). Its containers and volumes carry Compose's labels as well, under
 * the project `ddev-<site>`; `ddev stop` keeps the volumes, which are the databases.
 */
export const ddev: OwnerTool = {
  kind: 'devstack',
  tool: 'DDEV',
  container({ own, name }) {
    if (name === 'ddev-router' || name === 'ddev-ssh-agent')
      return { unit: null, command: 'ddev start', proof: name };
    const proof = [site, 'com.ddev.platform'].find((key) => own[key] !== undefined);
    if (proof === undefined) return null;
    const unit = own[site] ?? null;
    return { unit, command: unit === null ? 'ddev start' : `ddev start ${shellWord(unit)}`, proof };
  },
  images: {
    repository: /^(?:ddev|drud)\/ddev-/,
    of({ facts }, sign) {
      const tags = facts.refs.map((ref) => splitReference(ref).tag ?? '');
      const unit = tags.map(builtFor).find((project) => project !== null) ?? null;
      return { unit, proof: sign ?? '' };
    },
  },
  volume({ name, labels, users }) {
    const labelled = labels[site] ?? projectOf(labels);
    if (labelled !== null) return { unit: labelled, proof: site in labels ? site : composeProject };
    if (name === 'ddev-global-cache' || name.startsWith('ddev-ssh-agent_'))
      return { unit: null, proof: name };
    const snapshots = /^ddev-(.+)-snapshots$/.exec(name) ?? /^(.+)_project_mutagen$/.exec(name);
    if (snapshots?.[1] !== undefined) return { unit: snapshots[1], proof: name };
    // The database of a site, by the container that mounted it.
    const database = /^(.+)-(?:mariadb|mysql|postgres)$/.exec(name)?.[1];
    if (database === undefined || !users.includes(`ddev-${database}-db`)) return null;
    return { unit: database, proof: name };
  },
  network({ name, labels }) {
    if (name === 'ddev_default') return { unit: null, proof: name };
    const unit = projectOf(labels);
    return unit === null ? null : { unit, proof: composeProject };
  },
  needs: needsOfKind.devstack,
};

const composeProject = 'com.docker.compose.project';

function projectOf(labels: Readonly<Record<string, string>>): string | null {
  return /^ddev-(.+)$/.exec(labels[composeProject] ?? '')?.[1] ?? null;
}

/** The project that a tag such as `v1.24.3-shop-built` was built for. */
function builtFor(tag: string): string | null {
  return /^v?\d+\.\d+\.\d+-(.+)-built$/.exec(tag)?.[1] ?? null;
}
