/** @typedef {import('./image-archive.mjs').ImageSpec} ImageSpec */

/**
 * @param {string} key @param {number} kB
 * @param {string} by what `docker history` says of it
 */
const layer = (key, kB, by) => ({ key, kB, by });

const debian = layer('debian', 29_000, 'ADD rootfs.tar.xz /');
/** @param {number} major */
const node = (major) =>
  layer(`node-${major}`, 41_000, `RUN apt-get install -y nodejs=${major}.* && npm install -g npm`);
const python = layer('python', 24_000, 'RUN apt-get install -y python3 python3-venv');

/** @typedef {ReturnType<typeof layer>} Layer */

/**
 * @param {number} daysAgo
 * @param {string[]} refs
 * @param {Layer[]} layers on top of a runnable root file system
 * @param {Partial<ImageSpec>} [more]
 */
const image = (daysAgo, refs, layers, more = {}) => ({ daysAgo, refs, layers, more });

/** @param {string} name @param {string} version */
const labels = (name, version) => ({
  labels: {
    'org.opencontainers.image.title': name,
    'org.opencontainers.image.version': version,
  },
});

/** What a developer's laptop has after a year: versions of its own work, and what that stands on. */
function collection() {
  const postgres = [14, 15, 16].map((major, at) =>
    image(
      300 - 110 * at,
      [`postgres:${major}`],
      [debian, layer(`pg-${major}`, 17_000, `RUN apt-get install -y postgresql-${major}`)],
    ),
  );
  const api = ['1.2.0', '1.3.0', '1.4.0', '1.4.1', '1.5.0', '1.6.0', '1.6.1', '1.7.0'].map(
    (version, at, all) => {
      const packages = layer(`api-npm-${at >> 1}`, 6_000, 'RUN npm ci --omit=dev');
      const own = layer(`api-${version}`, 1_400 + 90 * at, 'COPY dist /app');
      const refs = [`myorg/api:${version}`, ...(at === all.length - 1 ? ['myorg/api:latest'] : [])];
      return image(200 - 27 * at, refs, [debian, node(20), packages, own], labels('api', version));
    },
  );
  const web = ['2.0', '2.1', '2.2', '2.3', '3.0', '3.1'].map((version, at) => {
    const packages = layer(`web-npm-${version[0]}`, 5_200, 'RUN npm ci');
    const own = layer(`web-${version}`, 700 + 160 * at, 'COPY public /srv');
    return image(
      150 - 24 * at,
      [`myorg/web:${version}`],
      [debian, node(20), packages, own],
      labels('web', version),
    );
  });
  const worker = ['0.8', '0.9', '0.10', '0.11', '0.12'].map((version, at) =>
    image(
      240 - 52 * at,
      [`myorg/worker:${version}`],
      [debian, python, layer(`worker-${version}`, 2_300, 'COPY worker /opt/worker')],
      labels('worker', version),
    ),
  );
  const left = [160, 88, 61, 33, 12].map((daysAgo, at) =>
    image(daysAgo, [], [debian, node(20), layer(`left-${at}`, 1_900 + 700 * at, 'COPY dist /app')]),
  );
  return [
    image(351, ['node:18'], [debian, node(18)]),
    image(232, ['node:20'], [debian, node(20)]),
    image(64, ['node:22', 'node:lts'], [debian, node(22)]),
    ...postgres,
    image(290, ['redis:7'], [layer('redis', 4_100, 'RUN make -C /usr/src/redis install')]),
    ...[
      ['1.44', 210],
      ['1.48', 55],
    ].map(([version, daysAgo]) =>
      image(
        Number(daysAgo),
        [`playwright:v${version}`],
        [debian, node(20), layer(`browsers-${version}`, 58_000, 'RUN npx playwright install')],
      ),
    ),
    ...api,
    ...web,
    ...worker,
    image(19, ['myorg/healthcheck:0.1'], [layer('healthcheck', 100, 'COPY healthcheck /')]),
    ...left,
  ];
}

/**
 * The practice engine's images: the same every time, but for their dates, which count from today.
 * @param {Date} today
 * @returns {ImageSpec[]}
 */
export function practiceImages(today) {
  const midnight = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate());
  return collection().map(({ daysAgo, refs, layers, more }, at) => {
    // Nobody builds everything at midnight.
    const minutes = (at * 37) % 600;
    const created = new Date(midnight - daysAgo * 86_400_000 + minutes * 60_000).toISOString();
    return {
      refs,
      created,
      layers: ['busybox', ...layers.map(({ key, kB }) => ({ key, kB }))],
      history: [
        { created, created_by: 'ADD busybox.tar /' },
        ...layers.map(({ by }) => ({ created, created_by: by })),
        { created, created_by: 'CMD ["sleep" "1000000"]', empty_layer: true },
      ],
      ...more,
    };
  });
}

/** One container that runs, and one that ended and was forgotten. */
export const PRACTICE_CONTAINERS = [
  { name: 'api', image: 'myorg/api:1.7.0', cmd: ['sleep', '1000000'], ends: false },
  { name: 'worker-trial', image: 'myorg/worker:0.9', cmd: ['true'], ends: true },
];

/** `grace: 0s`, since in here everything has only just arrived. */
export const PRACTICE_POLICY = `# The practice engine's policy: a clean-up has something to show at once.
version: 1
mode: confirm
protect:
  - { match: "postgres:15", note: "what the shop still runs on" }
keep:
  - { id: recent, match: "**", last: 3 }
remove:
  - { id: untagged, untagged: true, unusedFor: 0s }
  - { id: older-versions, match: "**", unusedFor: 0s }
grace: 0s
`;
