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

/** An icon's elements in its package: their names and attributes. */
interface Icon {
  size: number;
  node: [string, Record<string, string>][];
}

/**
 * An icon as plain SVG, hidden from a screen reader, that is given `size`, `strokeWidth` and `class`.
 * The package's own makes each of its elements from data as the page runs, which took an eighth of
 * making the overview.
 */
const plainIcons = {
  name: 'plain-icons',
  markup: ({ content, filename }: { content: string; filename?: string }) => {
    if (!filename?.includes('/@lucide/svelte/dist/icons/')) return { code: content };
    const data = /const iconData = (\{.*\});/.exec(content)?.[1];
    if (data === undefined) throw new Error(`${filename} does not hold its icon as it did.`);
    const { size, node } = JSON.parse(data) as Icon;
    const drawn = node.map(([tag, attributes]) => {
      const all = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
      return `<${tag}${all.join('')} />`;
    });
    return {
      code: `<script>
  const { size = 24, strokeWidth = 2, class: name = '' } = $props();
</script>

<svg
  width={size}
  height={size}
  viewBox="0 0 ${size} ${size}"
  fill="none"
  stroke="currentColor"
  stroke-width={strokeWidth}
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true"
  class={name}>${drawn.join('')}</svg
>
`,
    };
  },
};

const targets: Record<string, UserConfig> = {
  main: node('main/index.ts', 'out/main'),
  preload: node('preload/index.ts', 'out/preload'),
  cli: node('main/cli/careen.ts', 'out/cli', '#!/usr/bin/env node'),
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [svelte({ preprocess: [withoutStyleAttributes, plainIcons] })],
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
