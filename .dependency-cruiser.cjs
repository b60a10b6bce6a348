/**
 * The floors of the house (docs/architecture.md): each imports only from floors below it, rooms of
 * one floor do not import each other unless said.
 */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no-circular', 'A cycle is one room with two doors.', {}, { circular: true }),
    forbid(
      'domain-is-pure',
      'domain: no I/O, no clock, no Electron, no node: modules; pure libraries by list.',
      { path: '^main/domain/' },
      {
        pathNot: [
          '^main/domain/',
          '^node_modules/(zod|picomatch|semver|yaml|re2js|croner)/',
          '^node_modules/@types/',
        ],
      },
    ),
    forbid(
      'contract-floor',
      'contract imports domain and zod only.',
      { path: '^main/contract/' },
      { pathNot: ['^main/(domain|contract)/', '^node_modules/zod/'] },
    ),
    forbid(
      'messages-floor',
      'messages imports domain and contract only.',
      { path: '^main/messages/' },
      { pathNot: ['^main/(domain|contract|messages)/'] },
    ),
    forbid(
      'adapters-floor',
      'adapters import domain and contract; never messages, services, shell or cli.',
      { path: '^main/adapters/' },
      { path: '^(main/(messages|services|shell|cli|assemble|index)|preload|renderer)' },
    ),
    forbid(
      'adapter-rooms',
      'One folder per outside thing; rooms do not import each other.',
      { path: '^main/adapters/([^/]+)/' },
      { path: '^main/adapters/([^/]+)/', pathNot: '^main/adapters/$1/' },
    ),
    forbid(
      'services-floor',
      'services import what is below them.',
      { path: '^main/services/' },
      { path: '^(main/(shell|cli|assemble|index)|preload|renderer)' },
    ),
    forbid(
      'service-rooms',
      'Services are handed each other; only types and `runs` are imported.',
      { path: '^main/services/([^/]+)' },
      {
        path: '^main/services/',
        pathNot: ['^main/services/$1', '^main/services/(types|runs)'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'assemble-only-wires',
      'assemble never imports shell or cli.',
      { path: '^main/assemble(\\.ts$|/)' },
      { path: '^main/(shell|cli|index)' },
    ),
    forbid(
      'electron-only-in-shell',
      'Only main/index.ts and shell/ import electron or electron-store.',
      { pathNot: '^(main/index\\.ts|main/shell/|preload/)' },
      { path: '^(electron|electron-store)$|^node_modules/(electron|electron-store)/' },
    ),
    forbid(
      'cli-without-shell',
      'cli never imports shell.',
      { path: '^main/cli/' },
      { path: '^main/shell/' },
    ),
    forbid(
      'shell-without-cli',
      'shell never imports cli.',
      { path: '^main/shell/' },
      { path: '^main/cli/' },
    ),
    forbid(
      'preload-thin',
      'preload re-exports the contract and nothing else.',
      { path: '^preload/' },
      { pathNot: ['^preload/', '^main/contract/', '^electron$', '^node_modules/(electron|zod)/'] },
    ),
    forbid(
      'renderer-floor',
      'renderer imports domain, contract, messages, and of preload types only.',
      { path: '^renderer/' },
      { path: '^main/', pathNot: '^main/(domain|contract|messages)/' },
    ),
    forbid(
      'renderer-preload-types',
      'of preload, types only.',
      { path: '^renderer/' },
      { path: '^preload/', dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.svelte', '.mjs', '.cjs', '.json'] },
  },
};
