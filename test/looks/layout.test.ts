import { mkdir } from 'node:fs/promises';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTPUT } from './judge.js';
import { faultsOf } from './layout.js';
import { openStage, openView } from './page.js';
import { slicesOf, smallStore } from './synthetic.js';

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

/** A page of 400 × 300 with this in it, and nothing of Careen's. */
async function pageOf(html: string): Promise<Page> {
  const opened = stage.waitForEvent('window');
  await stage.evaluate(({ BrowserWindow }) => {
    void new BrowserWindow({ width: 400, height: 300, useContentSize: true }).loadURL(
      'about:blank',
    );
  });
  const page = await opened;
  await page.setContent(
    `<style>body { margin: 8px; overflow: hidden; font: 13px/20px sans-serif }
     .at { position: absolute; margin: 0; background: none } .paper { background: white }
     .room { width: 60px; white-space: nowrap } .clip { overflow: hidden }</style>${html}`,
  );
  return page;
}

describe('what cannot be read is found', () => {
  it.each([
    [
      'two texts in one place',
      '<p class="at" style="left: 20px; top: 20px">Clean up</p><p class="at" style="left: 40px; top: 24px">14.2 GB</p>',
      ['one over the other: "Clean up" / "14.2 GB"'],
    ],
    [
      'a text that goes on over its neighbour',
      '<div style="display: flex"><span class="room">registry.example/team/image</span><span>2 days</span></div>',
      ['one over the other: "registry.example/team/image" / "2 days"'],
    ],
    [
      'a sign on a text',
      '<p class="at" style="left: 20px; top: 20px">Images</p><svg class="at" style="left: 50px; top: 22px" width="16" height="16"><path d="M0 0h16v16z" fill="none" stroke="black" /></svg>',
      ['one over the other: "Images" / "a sign in body"'],
    ],
    [
      'labels of a drawing',
      '<svg width="200" height="40"><text x="10" y="20">12 GB</text><text x="20" y="22">18 GB</text></svg>',
      ['one over the other: "12 GB" / "18 GB"'],
    ],
    [
      'a label that leaves its drawing',
      '<svg width="40" height="40"><text x="10" y="20">a long label</text></svg>',
      ['cut off by svg: "a long label"'],
    ],
    [
      'a label that leaves its tile',
      '<div class="room" style="background: lightblue">myorg/storybook</div>',
      ['drawn out of div.room: "myorg/storybook"'],
    ],
    [
      'a word longer than its button',
      '<button style="width: 40px; white-space: nowrap">Remove 23 images</button>',
      ['drawn out of button: "Remove 23 images"'],
    ],
    [
      'a text under a box that is no layer above',
      '<p>14.2 GB can go safely.</p><div class="at paper" style="left: 0; top: 0; width: 90px; height: 60px"></div>',
      ['covered by div.at.paper: "14.2 GB can go safely."'],
    ],
    [
      'a text cut by its box',
      '<p class="room clip">registry.example/team/image</p>',
      ['cut off by p.room.clip: "registry.example/team/image"'],
    ],
    [
      'the lower half of a line',
      '<p class="clip" style="height: 10px">Half of a line</p>',
      ['cut off by p.clip: "Half of a line"'],
    ],
    [
      'what lies below the window where nothing scrolls',
      '<p style="margin-top: 295px">Roll back</p>',
      ['cut off by the window: "Roll back"'],
    ],
    [
      'a row of flexible parts, whose "…" is never drawn',
      '<p class="room clip" title="registry.example" style="display: flex; text-overflow: ellipsis">registry.example</p>',
      ['cut off by p.room.clip: "registry.example"'],
    ],
    [
      '"…" without a tooltip',
      '<p class="room clip" style="text-overflow: ellipsis">registry.example</p>',
      ['cut with "…" and told nowhere: "registry.example"'],
    ],
    [
      '"…" whose tooltip says something else',
      '<p class="room clip" title="Open" style="text-overflow: ellipsis">registry.example</p>',
      ['cut with "…" and told nowhere: "registry.example"'],
    ],
    [
      'a tag that is cut',
      '<p class="room clip tag" title=":2026-11-24-amd64" style="text-overflow: ellipsis">:2026-11-24-amd64</p>',
      ['a tag is cut: ":2026-11-24-amd64"'],
    ],
    [
      'a placeholder longer than its field',
      '<input style="width: 50px" placeholder="Find an image by name" />',
      ['a placeholder is cut: "Find an image by name"'],
    ],
    [
      'Chinese sentences with a space between them',
      '<p>没有引擎应答。 <a href="#">查看镜像</a></p>',
      ['a space after a Chinese mark: "没有引擎应答。 查看镜像"'],
    ],
    [
      'a page wider than its window',
      '<style>body { overflow: visible }</style><div style="width: 500px; height: 5px"></div>',
      ['the page is wider than its window'],
    ],
  ])('%s', async (_, html, faults) => {
    const page = await pageOf(html);
    const found = await faultsOf(page);
    expect(found.map((fault) => fault.replace(/ \([^()]*\)$/, ''))).toEqual(faults);
    await page.close();
  });
});

describe('what is meant is let be', () => {
  it.each([
    [
      'a list under its own sticking head',
      '<div style="height: 60px; overflow: auto"><p class="paper" style="position: sticky; top: 0">Head</p><p id="to">One</p><p>Two</p><p>Three</p><p>Four</p></div><script>document.getElementById("to").parentElement.scrollTop = 12</script>',
    ],
    [
      'a dialog above a veil',
      '<p>14.2 GB can go safely.</p><div style="position: fixed; inset: 0; background: rgb(0 0 0 / .3)"></div><div class="paper" style="position: fixed; left: 20px; top: 4px">Remove?</div>',
    ],
    [
      'a dialog that makes all else inert',
      '<p>14.2 GB can go safely. 3 updates wait.</p><dialog id="it" style="margin: 4px; border: 0">Remove?</dialog><script>document.getElementById("it").showModal()</script>',
    ],
    [
      'text for a screen reader alone',
      '<p>Seen</p><p class="at" style="top: 8px; clip-path: inset(50%)">Heard</p>',
    ],
    [
      'text for a screen reader alone, as libraries hide it',
      '<p>Seen</p><p class="at clip" style="top: 8px; width: 1px; height: 1px; clip: rect(0, 0, 0, 0)">Heard</p>',
    ],
    [
      'text that is not shown yet',
      '<p>Seen</p><p class="at" style="top: 8px; opacity: 0">Later</p>',
    ],
    [
      'a text that scrolls into sight',
      '<div class="room" style="overflow: auto">registry.example/team/image</div>',
    ],
    [
      '"…" with its whole in a tooltip',
      '<p class="room clip" title="registry.example/team" style="text-overflow: ellipsis">registry.example/team</p>',
    ],
    [
      'a line that ends before its neighbour',
      '<div style="display: flex"><span class="room clip" title="registry.example" style="text-overflow: ellipsis">registry.example</span><span>2 days</span></div>',
    ],
    [
      'a Chinese sentence beside another thing',
      '<p style="display: flex; gap: 8px"><span>没有引擎应答。</span> <a href="#">查看镜像</a></p>',
    ],
    ['lines close to each other', '<p style="line-height: 13px">One<br />Two</p>'],
    [
      'what is placed freely out of a box that does not hold it',
      '<div class="room clip"><p class="at paper">registry.example/team/image</p></div>',
    ],
  ])('%s', async (_, html) => {
    const page = await pageOf(html);
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
  });
});

describe('no view is left unjudged', () => {
  /** Draws what the answer says over itself once more. */
  const spoil = (page: Page) =>
    page.getByTestId('answer').evaluate((answer) => {
      const copy = answer.cloneNode(true) as HTMLElement;
      const { left, top } = answer.getBoundingClientRect();
      copy.style.cssText = `position: absolute; left: ${left + 9}px; top: ${top + 4}px; z-index: 9`;
      document.body.append(copy);
    });

  it('neither where a picture is taken of it, nor where it is closed', async () => {
    const page = await openView(stage, { route: 'overview', slices: slicesOf(smallStore()) });
    await page.screenshot();
    await spoil(page);
    await expect(page.screenshot()).rejects.toThrow('one over the other');
    await expect(page.close()).rejects.toThrow('one over the other');
    expect(page.isClosed()).toBe(true);
  });

  it('nor is Chinese that is spaced as none is, but for what others wrote', async () => {
    const slices = slicesOf(smallStore());
    const settings = { ...slices.settings, language: 'zh-CN' as const };
    const page = await openView(stage, { route: 'overview', slices: { ...slices, settings } });
    const say = (html: string) =>
      page.getByTestId('answer').evaluate((answer, said) => (answer.innerHTML = said), html);
    await say('<code>共3个</code>');
    await page.screenshot();
    await say('共3个');
    await expect(page.screenshot()).rejects.toThrow('spaced as no Chinese is: 共3个');
    await expect(page.close()).rejects.toThrow('spaced as no Chinese is');
  });
});
