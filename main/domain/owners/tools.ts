import type { OwnerTool } from './tool.js';
import { act } from './tools/act.js';
import { aspire } from './tools/aspire.js';
import { buildx } from './tools/buildx.js';
import { composeOneOff } from './tools/compose-one-off.js';
import { compose } from './tools/compose.js';
import { ctlptl } from './tools/ctlptl.js';
import { dagger } from './tools/dagger.js';
import { ddev } from './tools/ddev.js';
import { desktopExtensions } from './tools/desktop-extensions.js';
import { devContainers } from './tools/dev-containers.js';
import { devpod } from './tools/devpod.js';
import { earthly } from './tools/earthly.js';
import { githubRunner } from './tools/github-runner.js';
import { gitlabRunner } from './tools/gitlab-runner.js';
import { jetbrains } from './tools/jetbrains.js';
import { k3d } from './tools/k3d.js';
import { kind } from './tools/kind.js';
import { kubernetes } from './tools/kubernetes.js';
import { lando } from './tools/lando.js';
import { localstack } from './tools/localstack.js';
import { mcp } from './tools/mcp.js';
import { minikube } from './tools/minikube.js';
import { modelRunner } from './tools/model-runner.js';
import { podmanSystemd } from './tools/podman-systemd.js';
import { portainer } from './tools/portainer.js';
import { pycharm } from './tools/pycharm.js';
import { skaffold } from './tools/skaffold.js';
import { supabase } from './tools/supabase.js';
import { swarm } from './tools/swarm.js';
import { telepresence } from './tools/telepresence.js';
import { testcontainers } from './tools/testcontainers.js';
import { tilt } from './tools/tilt.js';
import { updaterTools } from './tools/updaters.js';

/** Every tool, specific before general (OWNERS §1.1): the first that knows a container has it. */
export const ownerTools: readonly OwnerTool[] = [
  ...[devpod, jetbrains, devContainers, pycharm],
  ...[ddev, lando, supabase, localstack, tilt, ctlptl],
  ...[desktopExtensions, modelRunner, mcp],
  ...[kind, k3d, minikube, kubernetes],
  ...[testcontainers, act, gitlabRunner, githubRunner, aspire, skaffold, telepresence],
  composeOneOff,
  ...[buildx, dagger, earthly],
  ...updaterTools,
  swarm,
  ...[portainer, compose],
  podmanSystemd,
];
