import type { LostImages } from '../../domain/plan/lost.js';
import type { lost as english } from '../en/lost.js';
import { count } from '../count.js';

function part({ images, lost, sure }: LostImages): string | null {
  if (lost === 0) return null;
  const all = images === 1 ? '这个镜像' : `这 ${count(images)} 个镜像`;
  const which = lost < images ? `${count(images)} 个镜像中有 ${count(lost)} 个` : all;
  return `${which}${sure ? '无法恢复' : '不确定能否恢复'}`;
}

export const lost: typeof english = {
  part,
  sentence: (of) => {
    const said = part(of);
    return said === null ? null : `${said}。`;
  },
};
