import { byRepository } from '../by-repository.js';
import { needsOfKind, nothing, whileRunning } from '../terms.js';
import type { OwnerTool } from '../tool.js';
import { composeCommand, isComposed } from './compose.js';

const main = /^(?:docker\.io\/)?localstack\/localstack(?:-[\w-]+)?$/;
const lambda = /^(?:public\.ecr\.aws\/lambda\/|localstack\/prebuild-lambda-)/;

/** LocalStack (localstack/localstack: docker_runtime_executor.py). Its Lambdas carry no labels. */
export const localstack: OwnerTool = {
  kind: 'devstack',
  tool: 'LocalStack',
  container(seen) {
    const { name, repositories, labels } = seen;
    const isMain = /^localstack[-_]main$/.test(name);
    const proof = isMain ? name : repositories.find((repository) => main.test(repository));
    if (proof !== undefined)
      return isComposed(seen)
        ? {
            unit: labels['com.docker.compose.project'] ?? null,
            command: composeCommand(seen),
            proof,
          }
        : { unit: null, command: null, proof };
    if (!repositories.some((repository) => lambda.test(repository))) return null;
    const unit = /^(.+)-lambda-.+$/.exec(name)?.[1];
    return unit === undefined ? null : { unit, command: null, proof: name };
  },
  images: byRepository(lambda),
  volume({ facts: { mountedAt } }) {
    return mountedAt === '/var/lib/localstack' ? { unit: null, proof: mountedAt } : null;
  },
  needs: { ...needsOfKind.devstack, image: whileRunning(), network: nothing },
};
