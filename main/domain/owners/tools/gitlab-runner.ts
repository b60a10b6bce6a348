import { byRepository } from '../by-repository.js';
import { always, needsOfKind, reusable } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const prefix = 'com.gitlab.gitlab-runner.';
const managed = `${prefix}managed`;

/** GitLab's runner (gitlabhq/gitlab-runner:executors/docker/internal); its caches are volumes. */
export const gitlabRunner: OwnerTool = {
  kind: 'ephemeral',
  tool: 'GitLab Runner',
  container({ own, name }) {
    const unit = own[`${prefix}job.id`] ?? null;
    if (own[managed] === 'true') return { unit, command: null, proof: managed };
    const isJob = /^runner-.+-project-\d+-concurrent-\d+/.test(name);
    return isJob ? { unit, command: null, proof: name } : null;
  },
  images: byRepository(/(?:^|\/)gitlab-runner-helper$/, reusable),
  volume({ name, labels }) {
    if (/^runner-.+-cache-[0-9a-f]+/.test(name)) return { unit: null, proof: name, term: always };
    if (labels[managed] !== 'true') return null;
    const isCache = labels[`${prefix}type`] === 'cache';
    return { unit: null, proof: managed, ...(isCache ? { term: always } : {}) };
  },
  network: ({ labels }) => (labels[managed] === 'true' ? { unit: null, proof: managed } : null),
  needs: needsOfKind.ephemeral,
};
