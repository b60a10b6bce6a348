import { count } from '../../count.js';
import { spaced } from '../spacing.js';
import type { layersScreen as english } from '../../en/window/layers.js';

const images = (n: number) => `${count(n)} 个镜像`;
/** `web、db`, `web、db 等 5 个镜像`. */
const list = (names: readonly string[]) =>
  names.length > 3
    ? `${names.slice(0, 2).join('、')} 等 ${images(names.length)}`
    : names.join('、');

export const layersScreen: typeof english = {
  layers: {
    title: '层',
    answer: (n, sum, disk) => `${images(n)}，大小相加 ${sum}，实际占用 ${disk}。`,
    how: '每一块的长度是它的字节数，只画一次；高度是有多少镜像建立在它之上。',
    key: { own: '仅此镜像', shared: '与其他镜像共用' },
    drawing: '所有镜像的层',
    keys: '方向键移动，Enter 打开，Esc 返回，/ 查找。',
    waiting: '正在读取所有镜像的层。',
    search: '查找镜像',
    found: (n) => (n === 0 ? '没有找到' : `找到 ${count(n)} 个`),
    place: '图从哪里开始',
    all: '所有镜像',
    run: (n) => `${count(n)} 层`,
    unknown: (size) => `层未知，${size}`,
    gone: '已不在',
    shared: (name, amount, n, of) => {
      const number = (some: number) => (some === n ? '全部' : `其中 ${count(some)} 个`);
      const parts = [
        ...(of.go > 0 ? [`${number(of.go)}将清理`] : []),
        ...(of.could > 0 ? [`${number(of.could)}可清理`] : []),
      ];
      const which = parts.length === 0 ? '都不会清理' : parts.join('，');
      return `${name}：${amount}，有 ${images(n)}建立在它之上，${which}`;
    },
    own: (name, amount, verdict) => `${name}：${amount} 仅属于这个镜像；${verdict}`,
    image: (name, size, alone, verdict) =>
      spaced(`${name}：${size}，单独清理可释放 ${alone}；${verdict}`),
    column: { layers: '层与镜像', images: '镜像数', go: '将清理', bytes: '字节数' },
    panel: {
      label: (name) => `${name} 的层`,
      alone: '单独清理即可释放',
      stays: '会留下，其他镜像需要',
      staysNone: '会留下；没有共用的层',
      layers: '层',
      sharedBy: '共用镜像数',
      onlyThis: '仅此镜像',
      together: '一起清理，释放更多',
      with: (names, amount) => spaced(`与 ${list(names)} 一起清理，可释放${amount}。`),
      staysFor: (amount, names) => spaced(`下面的${amount}会留下，因为 ${list(names)} 需要它。`),
      whyGoes: '为什么清理',
      whyCould: '为什么可清理',
      whyStays: '为什么保留',
      protect: '保护',
      unprotect: '取消保护',
      byRule: '由规则保护',
      figure: '关于数字',
      range: (range) => `${range}。这是一个范围，因为这个引擎还为每一层保留一份压缩副本。`,
      atMost: (amount) => `${amount}：其中一部分可能仍被构建缓存或层未知的镜像占用。`,
      atLeast: (amount) => `${amount}：引擎没有说明每一层的大小。`,
    },
  },
};
