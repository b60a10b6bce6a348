import type { ContainerActs } from './container-acts.js';
import { createContainer } from './create.js';
import { distribution } from './distribution.js';
import { exec } from './exec.js';
import { inspectImage } from './image-spec.js';
import {
  renameContainer,
  restartContainer,
  setRestartPolicy,
  startContainer,
  stopContainer,
  waitRemoved,
} from './life.js';
import { logTail } from './logs.js';
import { removeOwnContainer } from './removal.js';
import type { Requests } from './requests.js';
import { containerNow, inspectContainer } from './spec.js';
import { createVolume } from './volumes.js';
import { changedPaths, writableBytes } from './writable.js';

/** What an update does to containers, on one engine. `apiMinor`: of the version that is spoken. */
export function actsOf(requests: Requests, apiMinor: number): ContainerActs {
  return {
    inspectContainer: (idOrName) => inspectContainer(requests, idOrName),
    containerNow: (idOrName) => containerNow(requests, idOrName),
    inspectImage: (idOrReference) => inspectImage(requests, apiMinor, idOrReference),
    createContainer: (name, payload) => createContainer(requests, name, payload),
    startContainer: (id) => startContainer(requests, id),
    stopContainer: (id, timeout) => stopContainer(requests, id, timeout),
    restartContainer: (id) => restartContainer(requests, id),
    renameContainer: (id, name) => renameContainer(requests, id, name),
    setRestartPolicy: (id, policy) => setRestartPolicy(requests, id, policy),
    removeOwnContainer: (id) => removeOwnContainer(requests, id),
    waitRemoved: (id, signal) => waitRemoved(requests, id, signal),
    logTail: (id, lines) => logTail(requests, id, lines),
    exec: (id, command, options) => exec(requests, id, command, options),
    changedPaths: (id) => changedPaths(requests, id),
    writableBytes: (id) => writableBytes(requests, id),
    createVolume: (name, labels) => createVolume(requests, name, labels),
    distribution: (reference, auth) => distribution(requests, reference, auth),
  };
}
