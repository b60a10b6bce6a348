import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/**
 * PyCharm's helpers: a container that is never started, or a volume, one for each build of the IDE
 * (seen in users' repositories).
 */
export const pycharm: OwnerTool = {
  kind: 'editor',
  tool: 'PyCharm',
  container({ name }) {
    const unit = /^pycharm_helpers_(PY-[\w.]+)/.exec(name)?.[1];
    return unit === undefined ? null : { unit, command: null, proof: name };
  },
  volume({ name }) {
    const unit = /(?:^|_)pycharm_helpers_(PY-[\w.]+)/.exec(name)?.[1];
    return unit === undefined ? null : { unit, proof: name };
  },
  needs: needsOfKind.editor,
};
