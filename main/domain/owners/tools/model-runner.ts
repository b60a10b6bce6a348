import { byRepository } from '../by-repository.js';
import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/** Docker Model Runner (docker/model-runner:cmd/cli/pkg/standalone): its volume holds the models. */
export const modelRunner: OwnerTool = {
  kind: 'platform',
  tool: 'Model Runner',
  container({ own, name }) {
    const service = 'com.docker.desktop.service';
    const role = 'com.docker.model-runner.role';
    const proof =
      own[role] !== undefined
        ? role
        : own[service] === 'model-runner'
          ? service
          : name === 'docker-model-runner'
            ? name
            : null;
    if (proof === null) return null;
    return { unit: null, command: 'docker model reinstall-runner', proof };
  },
  images: byRepository(/^docker\/model-runner$/),
  volume: ({ name }) =>
    name === 'docker-model-runner-models' ? { unit: null, proof: name } : null,
  needs: needsOfKind.platform,
};
