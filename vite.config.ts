import { builtinModules } from 'node:module';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type UserConfig } from 'vite';

/** What every Electron and Node has of its own; `cpu-features` is ssh2's optional native part. */
export const external = [
  'electron',
  'cpu-features',
  /\.node$/,
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
];

/** One CommonJS file for a Node-like target: Electron's main and preload, and the CLI. */
function node(entry: string, outDir: string, banner?: string): UserConfig {
  return {
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      sourcemap: true,
      // Half the bytes to read at each start of the command line, and in the package.
      minify: true,
      rolldownOptions: {
        input: entry,
        external,
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          codeSplitting: false,
          ...(banner === undefined ? {} : { banner }),
        },
      },
    },
  };
}

/** The page's policy refuses style attributes, of which bits-ui's commands have one. */
const withoutStyleAttributes = {
  name: 'without-style-attributes',
  markup: ({ content, filename }: { content: string; filename?: string }) => ({
    code: filename?.includes('/bits-ui/')
      ? content.replaceAll('style="display: contents;"', 'style:display="contents"')
      : content,
  }),
};

const targets: Record<string, UserConfig> = {
  main: node('main/index.ts', 'out/main'),
  preload: node('preload/index.ts', 'out/preload'),
  cli: node('main/cli/careen.ts', 'out/cli', '#!/usr/bin/env node'),
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [svelte({ preprocess: withoutStyleAttributes })],
    build: {
      outDir: '../out/renderer',
      emptyOutDir: true,
      target: 'chrome130',
      // What a window opens with is one file: each that is asked for costs main and the page a turn.
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
      },
    },
  },
};

/** `vite build --mode main | preload | cli | renderer`: one target a call; tools load none. */
export default defineConfig(({ mode }) => targets[mode] ?? {});
