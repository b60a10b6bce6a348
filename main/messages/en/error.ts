import type { WireError } from '../../contract/wire.js';
import type { CareenError, ErrorDetails, LookedAt } from '../../domain/errors.js';
import { bytesText } from '../bytes.js';
import { engineActs } from '../engine-acts.js';
import { type Place, sentenceOf, type ErrorSentences } from '../known.js';
import { shortId } from '../short.js';
import { sshFailed, tlsFailed } from './connection.js';
import { inWindow } from './error-window.js';
import { list, plural } from './format.js';
import { policyLines, policyLint, policyProblem } from './policy.js';
import { referenceProblem } from './reference.js';
import { acts, terms } from './terms.js';

/** What a `LookedAt` found, to stand after the place's name. */
const outcome: Record<LookedAt['outcome'], string> = {
  answers: 'answers',
  'not-set': 'is not set',
  'no-socket': 'is not there',
  refused: 'refused the connection',
  'no-permission': 'may not be opened by you',
  silent: 'did not answer',
  'not-an-engine': 'is no Docker engine',
  remote: 'is on another machine, taken only when you choose it',
  missing: 'does not exist',
};

const lookedAt = (l: LookedAt) =>
  `${l.name}${l.endpoint === '' || l.endpoint === l.name ? '' : ` (${l.endpoint})`} ${outcome[l.outcome]}`;

const imageName = ({ id, refs }: { id: string; refs: readonly string[] }) => refs[0] ?? shortId(id);

const term = (key: string) => (Object.hasOwn(terms, key) && terms[key]) || key;

/** Why a registry does not tell of a repository. */
const denied: Record<
  ErrorDetails['registry-auth']['why'],
  (registry: string, repository: string) => string
> = {
  'not-signed-in': (registry, repository) =>
    `The registry ${registry} does not tell of ${repository} without signing in. If it is there at all, sign in with "docker login${registry === 'docker.io' ? '' : ` ${registry}`}".`,
  refused: (registry, repository) =>
    `The registry ${registry} does not let you see ${repository}, if it is there at all. Sign in as someone who may.`,
  unsafe: (registry, repository) =>
    `The registry ${registry} wants credentials for ${repository} over a connection that others could read. None were sent; give it TLS.`,
};

/** Why a volume was not copied, or did not get the content of its copy. */
const notBack: Record<ErrorDetails['service-not-back']['why'], string> = {
  'no-digest': 'what it ran is named by no digest',
  'asked-before': 'Swarm was asked once already',
  'no-image': 'neither its registry nor the nodes have the image now',
  refused: 'Swarm was asked and refused',
  'not-running': 'Swarm did not bring it to run',
};

const copyFailed: Record<
  ErrorDetails['copy-failed']['why'],
  (volume: string, copy: string, by: readonly string[]) => string
> = {
  'in-use': (volume, _, by) =>
    `The volume ${volume} is in use by ${list(by)}, so a copy could not be trusted and was not begun. Stop ${by.length === 1 ? 'it' : 'them'} first.`,
  differs: (volume) =>
    `A copy of the volume ${volume} came out different, so it was given up. The volume is as it was; copy it by hand, or update without a copy.`,
  'not-put-back': (volume, copy, by) =>
    `The volume ${volume} could not be given the content of ${copy}${by.length === 0 ? '' : ` while ${list(by)} ${by.length === 1 ? 'uses' : 'use'} it`}. Both that and a copy of what it held before are kept; "docker volume ls --filter label=careen.copy-of" lists them.`,
  gone: (volume, copy) =>
    `The copy ${copy} of the volume ${volume} is not there any more. The volume was left as it is.`,
};

/** What is wrong with what a registry gave. */
const invalid: Record<ErrorDetails['registry-invalid']['why'], (registry: string) => string> = {
  digest: (registry) =>
    `The registry ${registry} gave something that does not match its digest, so it was not taken. Check whether a proxy between changes answers, or tell whoever runs the registry.`,
  'cut-off': (registry) =>
    `The answer of the registry ${registry} broke off. Check the network; Careen asks again later.`,
  'too-large': (registry) =>
    `The registry ${registry} gave an answer too large to be right, so it was not read. Check the image's name.`,
  unreadable: (registry) =>
    `The registry ${registry} gave an answer that cannot be read. Check the image's name, or tell whoever runs the registry.`,
  redirect: (registry) =>
    `The registry ${registry} leads in a circle, or to an unsafe address. Nothing was sent there; tell whoever runs the registry.`,
};

const lacking: Record<
  ErrorDetails['registry-lacks']['what'],
  (reference: string, platform: string | null) => string
> = {
  manifest: (reference) => `${reference} is no longer in its registry. Choose another tag.`,
  platform: (reference, platform) =>
    `${reference} has no image for ${platform ?? 'this platform'}. Choose another tag, or ask its maker for one.`,
  image: (reference) =>
    `${reference} is no container image. Check the name: other things can stand in a registry, too.`,
};

const helperFailed: Record<ErrorDetails['helper-failed']['why'], (helper: string) => string> = {
  silent: (helper) =>
    `The credential helper ${helper} did not answer in time. It may be waiting for you to unlock a key ring; do so and try again.`,
  failed: (helper) =>
    `The credential helper ${helper} failed. Run "docker login" to see what ails it, and try again.`,
  unreadable: (helper) =>
    `The credential helper ${helper} gave an answer that cannot be read. Update it and try again.`,
  'bad-name': (helper) =>
    `Docker's config.json names a credential helper "${helper}", which is no name of one, so it was not started. Mend config.json.`,
};

const sentences: ErrorSentences = {
  'engine-not-found': ({ looked }) =>
    looked.length === 0
      ? 'No Docker engine was found. Start one, or name its socket with --engine.'
      : `No Docker engine was found: ${looked.map(lookedAt).join('; ')}. Start one, or name its socket with --engine.`,
  'engine-permission': ({ endpoint }) =>
    `You may not open the Docker socket ${endpoint}. Join its group (on Linux usually "docker") and sign in again.`,
  'engine-silent': ({ endpoint, seconds }) =>
    `Docker at ${endpoint} did not answer for ${plural(seconds, 'second')}. Check that it is running, or restart it.`,
  'engine-refused': ({ endpoint }) =>
    `Docker at ${endpoint} refused the connection. Start it and try again.`,
  'engine-lost': ({ endpoint }) =>
    `The connection to Docker at ${endpoint} broke off. Check that it is running; Careen goes on once it answers.`,
  'engine-unsupported': ({ endpoint, found }) =>
    `The engine at ${endpoint} cannot be used: it says ${found}. Careen needs a Docker engine from 20.10 with Linux containers.`,
  'engine-error': ({ status, message }) =>
    `Docker answered with an error (${status}): ${message}. Nothing more was changed; look at it and try again.`,
  'engine-changed': ({ endpoint }) =>
    `Another engine than before answers at ${endpoint}. Nothing was changed; make the plan again.`,
  'engine-other': ({ wanted, current }) =>
    `Careen is at work on ${current}, not on ${wanted}. Nothing was changed; choose that engine in the window, or quit the app first.`,
  'engine-unknown': ({ engine }) =>
    `Careen's list has no engine "${engine}". "careen engines" shows those there are.`,
  'engine-several': ({ engine, among }) =>
    `Several engines of Careen's list may be "${engine}". Nothing was done; name one by its key or its address: ${list(
      among.map(({ key, endpoint }) => (endpoint === null ? key : `${key} (${endpoint})`)),
      12,
    )}.`,
  'engine-first': () =>
    'The engine that Careen finds by itself stays in the list. To have another one there, choose it in Settings.',
  'engine-unfinished': ({ name, act }) =>
    act === 'remove'
      ? `A run on ${name} was cut off in the middle and is finished once ${name} answers. Nothing was changed. Wait for that, or remove it all the same, in the list of engines or with --leave-unfinished: what is half done then stays so until the engine is added again.`
      : `A run on the former engine of ${name} was cut off in the middle and is finished once that one answers again. Nothing was changed. Have that one answer there, or say that it is another all the same, in the list of engines or with --leave-unfinished: what is half done then stays so.`,
  'engine-twice': ({ endpoint, name }) =>
    `The engine at ${endpoint} is in the list already, as ${name}. Choose it there.`,
  'twin-unfinished': ({ name, silent }) =>
    `A run on ${name}, which may be the same engine, was cut off and has to be finished first, ${silent ? `and ${name} does not answer. Nothing was changed. Try again once it does` : `and that could not be done yet. Nothing was changed. See in the list of engines what stands in the way there and try again`}, or take it off the list: what is half done there then stays as it is.`,
  'engines-differ': ({ name, other }) =>
    `${name} and ${other} do not say the same ID, so nothing shows that they are one engine. Nothing was changed; "careen engines" shows which may be one.`,
  'engine-replaced': ({ endpoint, name, engine }) =>
    `Another engine than before answers at ${endpoint}, the address of ${name}, so nothing is done to it. Say which it is in the list of engines: the same one, upgraded or newly made ("${engineActs(engine, endpoint)} same ${engine}"), or another one ("${engineActs(engine, endpoint)} another ${engine}").`,
  'context-missing': ({ name }) =>
    `There is no Docker context named "${name}". "docker context ls" lists those there are.`,
  'context-unreadable': ({ file }) =>
    `The Docker context file ${file} cannot be read. Mend it, or choose another engine with --engine.`,
  'endpoint-remote': ({ endpoint }) =>
    `${endpoint} is on another machine, where Careen goes only when you choose it. Name it with --engine, or choose it in the window.`,
  'endpoint-plain': ({ endpoint }) =>
    `${endpoint} is on another machine and neither encrypted nor proven, so nothing was sent there. Use ssh://, or give the engine and its context TLS certificates.`,
  'ssh-failed': sshFailed,
  'tls-failed': tlsFailed,
  'endpoint-invalid': ({ endpoint }) =>
    `"${endpoint}" is no address of an engine. Expected a context's name, a socket such as unix:///var/run/docker.sock, or ssh://user@host.`,
  'image-in-use': ({ id, message }) =>
    `Docker keeps image ${shortId(id)}, since it is in use: ${message}. It stays.`,
  'image-gone': ({ id }) => `Image ${shortId(id)} is no longer there. There is nothing to do.`,
  'image-unknown': ({ reference }) =>
    `No image is named "${reference}" here. "docker image ls" lists those there are.`,
  'protected-by-rule': ({ id, file }) =>
    `A rule protects image ${shortId(id)}, not its own toggle. Change the rule under "protect" in ${file}.`,
  'reference-invalid': ({ text, problem }) =>
    `"${text}" is no valid image reference (${referenceProblem(problem)}). Expected a name such as myorg/api:1.4.`,
  'registry-unreachable': ({ registry, why }) =>
    `The registry ${registry} cannot be reached (${why}). Check the network; Careen asks again later.`,
  'registry-silent': ({ registry, seconds }) =>
    `The registry ${registry} did not answer for ${plural(seconds, 'second')}. Check the network; Careen asks again later.`,
  'registry-tls': ({ registry, why }) =>
    `The registry ${registry} could not prove who it is (${why}). Put its CA into Docker's folder certs.d/${registry}, or mend its certificate.`,
  'registry-auth': ({ registry, repository, why }) => denied[why](registry, repository),
  'registry-limited': ({ registry, retryAfter }) =>
    `The registry ${registry} takes no more questions for now${retryAfter === null ? '' : `; it says to wait ${plural(retryAfter, 'second')}`}. Careen asks again later.`,
  'registry-error': ({ registry, status, message }) =>
    `The registry ${registry} answered with an error (${status})${message === '' ? '' : `: ${message}`}. Careen asks again later.`,
  'registry-unsupported': ({ registry, found }) =>
    `What answers at ${registry} is no image registry: it gave ${found}. Check the image's name.`,
  'registry-invalid': ({ registry, why }) => invalid[why](registry),
  'registry-lacks': ({ reference, what, platform }) => lacking[what](reference, platform),
  'helper-missing': ({ helper, looked }) =>
    `The credential helper ${helper}, which Docker's config.json names, was not found. Looked in ${list(looked)}. Install it, or take it out of config.json.`,
  'helper-failed': ({ helper, why }) => helperFailed[why](helper),
  'credentials-unreadable': ({ file, why }) =>
    `Docker's ${file} cannot be read (${why}), so no credentials are known. Mend it and try again.`,
  'policy-invalid': ({ file, problems }) =>
    problems.length === 0
      ? `The policy ${file} is not valid. "careen policy check" says where.`
      : policyLines(file, problems),
  'policy-exists': ({ file }) =>
    `${file} exists already and was left as it is. Name another file, or move that one away.`,
  'policy-changed': ({ file }) =>
    `${file} was changed meanwhile, so it was left as it is. Load it anew, and make your change again.`,
  'policy-unreadable': ({ file, why }) =>
    `The policy ${file} cannot be read (${why}). Nothing was changed; mend its permissions and try again.`,
  'file-unwritable': ({ file, why }) =>
    `${file} cannot be written (${why}). Nothing was changed; choose another place.`,
  'folder-unopened': ({ folder, why }) =>
    `The folder ${folder} could not be opened (${why}). Open it in your file manager.`,
  'notifications-missing': () =>
    'This desktop shows no notifications. What Careen has to tell stands in its window and in the tray.',
  'login-item-refused': ({ why }) =>
    ({
      'not-allowed':
        'The system does not let Careen start at login. Allow it in the system’s own settings of login items or startup apps.',
      'not-kept':
        'The system did not keep Careen as a login item. Move Careen to where programs are installed, and switch it on again.',
      'not-here':
        'Careen cannot be started at login from here. Add it in the desktop’s own settings of startup programs.',
    })[why],
  'file-missing': ({ file }) => `There is no file ${file}. Check its name.`,
  'file-invalid': ({ file, where, expected }) =>
    `${file} cannot be used (${where === '' ? term(expected) : `${where} is not as it should be`}). Make it again, or name another file.`,
  'plan-unknown': ({ planId }) =>
    `There is no plan "${planId}" here. "careen plan" makes one and says its ID.`,
  'plan-expired': ({ planId }) =>
    `The plan ${planId} is more than an hour old. Nothing was changed; make it again with "careen plan".`,
  'plan-other-engine': ({ planId }) =>
    `The plan ${planId} was made for another engine. Nothing was changed; make one for this engine with "careen plan".`,
  'run-cancelled': () => 'Cancelled. What was removed before is in the history.',
  'run-under-way': () =>
    'A clean-up or an update is under way on this engine. Nothing was changed; wait for it to end, or cancel it first.',
  'update-unwell': ({ containers }) =>
    `${list(containers)}, which Careen updated and is still watching, ${containers.length === 1 ? 'is' : 'are'} unhealthy. Nothing was removed: what a rollback needs stays. See to ${containers.length === 1 ? 'it' : 'them'}, or roll back, and clean up then.`,
  'suggestion-unknown': ({ key }) =>
    `Nothing is suggested under "${key}" now. "careen suggest" lists what is.`,
  'run-unknown': ({ runId }) =>
    `No clean-up "${runId}" is in the history. "careen history" lists those there are.`,
  'pull-failed': ({ reference, message }) =>
    `${reference} could not be pulled: ${message}. Check the network and that its registry still has it.`,
  'pulled-other': ({ reference }) =>
    `${reference} is another image now than the one that was removed, so it was given no name. Pull what you need by hand.`,
  'container-unknown': ({ container }) =>
    `No container and no service is named "${container}" here. "docker ps -a" and, on a manager of a swarm, "docker service ls" list those there are.`,
  'container-owned': ({ container, tool, command }) =>
    `Container ${container} is made and renewed by ${tool}, which would not know a copy. Nothing was changed; ${command === null ? `update it with ${tool}` : `"${command}" updates it`}.`,
  'nothing-kept': ({ container }) =>
    `Nothing is kept that ${container} could go back to. Nothing was changed.`,
  'version-unknown': ({ container, wanted }) =>
    `"${wanted}" is no version that ${container} can go to. "careen check ${container}" lists new ones, "careen preview ${container}" what changes.`,
  'taken-over': ({ container }) =>
    `Someone else recreated, renamed or removed container ${container} while Careen was at work on it. Careen stopped and left theirs; look at the container, and check again.`,
  'swarm-silent': ({ endpoint }) =>
    `No manager of the swarm answers at ${endpoint}, so its services cannot be looked at or changed now. They run on; "docker node ls" tells once more than half of the managers are there.`,
  'swarm-left': ({ service, endpoint }) =>
    `The engine at ${endpoint} left the swarm, or is no manager of it any more, in the middle of this, and what Swarm does with the service ${service} is not known here. Where the swarm still stands, "docker service ps ${service}" on one of its managers shows its tasks.`,
  'service-changed': ({ service }) =>
    `Someone else changed the service ${service} at the same moment. Careen left it alone; check it again.`,
  'service-inexact': ({ service, at }) =>
    `The service ${service} has numbers that Careen cannot send back exactly (${at.join(', ')}), so it was not changed. "docker service update --image" updates it.`,
  'service-not-back': ({ service, why, message }) =>
    `The service ${service} is not back on what it ran: ${notBack[why]}${message === '' ? '' : ` (${message.replace(/[.\s]+$/, '')})`}. "docker service ps ${service}" shows its tasks.`,
  'no-room': ({ needed, available }) =>
    `The engine's disk has ${bytesText(available)} free, and ${bytesText(needed)} are needed. Nothing was changed; "careen clean --free ${bytesText(needed).replace(' ', '')}" makes room.`,
  'hook-failed': ({ command, exitCode, message }) =>
    `The hook "${command}" before the update ${exitCode === null ? 'did not end well' : `failed with code ${exitCode}`}${message === '' ? '' : `: ${message.replace(/[.\s]+$/, '')}`}. The update was not begun; mend the hook, or switch hooks off in the policy.`,
  'copy-failed': ({ volume, copy, why, by }) => copyFailed[why](volume, copy, by),
  'home-foreign': ({ home }) =>
    `The data folder ${home} belongs to another user. Nothing was changed; run Careen as that user, or name another folder with --home.`,
  'home-unwritable': ({ home, why }) =>
    `The data folder ${home} cannot be written (${why}). Nothing was changed; mend its permissions or free some space.`,
  'home-lost': ({ home }) =>
    `The Careen at work on the data folder ${home} went away before it answered. Whether the command was done is not known; "careen history" shows what was removed.`,
  'owner-ended': ({ home }) =>
    `The Careen at work on the data folder ${home} ended before it began this command. Nothing was changed by it; run it again.`,
  'log-unwritable': ({ file }) =>
    `The log ${file} cannot be written, so nothing was changed. Free some space on its disk and try again.`,
  'log-cut-off': ({ file, removed }) =>
    `The log ${file} could be written no further, so the clean-up ended early. ${removed.length === 0 ? 'No image was removed' : `Removed before that: ${list(removed.map(imageName))}`}. Free some space on its disk, then "careen clean" goes on.`,
  'log-damaged': ({ file, lines, bytes }) =>
    lines > 0
      ? `The log ${file} has ${plural(lines, 'line')} that cannot be read and were passed over; all others count. Its disk may be failing: check it.`
      : `The log ${file} ended in the middle of a line, as after a crash. That half (${plural(bytes, 'byte')}) was cut off; nothing else is lost and nothing needs doing.`,
  'not-confirmed': ({ act }) =>
    `Nothing was changed: ${acts[act] ?? act} needs your yes. Add --yes to give it.`,
  'input-invalid': ({ what, found, expected }) =>
    `${term(what)}${found === '' ? ' is missing' : ` "${found}" cannot be used`}. Expected ${term(expected)}.`,
  'owner-other-version': ({ found, own }) =>
    `The Careen at work on this data folder is version ${found}, this one is ${own}. Quit it, or use the same version.`,
  internal: ({ message }) =>
    `Careen met a defect of its own: ${message}. Please report it with what you did.`,
};

const unknown = (code: string) =>
  `Careen has no words for the failure "${code}". The versions at work may differ; update and try again.`;

const sentencesAt: Record<Place, ErrorSentences> = {
  terminal: sentences,
  window: { ...sentences, ...inWindow },
};

export const error = (place: Place) => ({
  /** What happened, to what, what now; a policy's problems stand one a line. */
  error: (e: WireError | CareenError) => sentenceOf(sentencesAt[place], unknown, e),
  policyProblem,
  policyLint,
  /** One place that was looked at for an engine, and what was found there. */
  lookedAt: (l: LookedAt) => lookedAt(l),
  outcome,
  /** Names in a row, the last after "and". */
  list,
});
