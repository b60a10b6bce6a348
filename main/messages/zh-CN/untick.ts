import type { Untick } from '../../domain/plan/types.js';
import type { untick as english } from '../en/untick.js';
import { shortId } from '../short.js';
import { list } from './format.js';
import { spaced } from './spacing.js';

function why(untick: Untick, name: (id: string) => string): string {
  switch (untick.code) {
    case 'estimate':
      return '它的时间只是估计的';
    case 'owner':
      return `${untick.tool}${untick.unit === null ? ' ' : `（${untick.unit}）`}可能还会用到它`;
    case 'use-incomplete':
      return '它是本机构建的，而 Docker 没有列出所有可能使用它的容器';
    case 'last-version':
      return `清理后 ${list(untick.repositories)} 不再有其他版本，也没有镜像仓库确认仍有它`;
    case 'newest-build':
      return `它是本机构建的，${list(untick.repositories)} 没有更新的版本留下`;
    case 'untagged-base':
      return `它是没有名称的构建，${list(untick.images.map(name))} 以它为基础`;
    case 'no-registry':
      return '不知道有哪个镜像仓库保存着它';
    case 'registry-lost':
      return '镜像仓库中已经没有它';
    case 'not-confirmed':
      return '还没有镜像仓库确认仍有它';
    case 'writable-layer':
      return '容器里写入的内容无法恢复';
    case 'by-name':
      return '卷只有在你指定之后才会移除';
    case 'waits':
      return `${list(untick.images.map(name))} 以它为基础，需要先由你选择`;
  }
}

export const untick: typeof english = (of, name = shortId) =>
  spaced(`由你决定：${why(of, name)}。`);
