import { buildCache } from './build-cache.js';
import { costlyKeep } from './costly-keep.js';
import { exitedContainers } from './exited-containers.js';
import { fillsFirst } from './fills-first.js';
import { foreignPlatform } from './foreign-platform.js';
import { hostBytes } from './host-bytes.js';
import { policyRule } from './policy-rule.js';
import { projectGone } from './project-gone.js';
import { sameContent } from './same-content.js';
import { superseded } from './superseded.js';
import type { Suggester } from './types.js';
import { unboundedLogs } from './unbounded-logs.js';
import { unusedVolumes } from './unused-volumes.js';
import { writesMuch } from './writes-much.js';

/** Every kind of suggestion. */
export const suggesters: readonly Suggester[] = [
  superseded,
  projectGone,
  exitedContainers,
  buildCache,
  unusedVolumes,
  sameContent,
  foreignPlatform,
  policyRule,
  unboundedLogs,
  writesMuch,
  costlyKeep,
  fillsFirst,
  hostBytes,
];
