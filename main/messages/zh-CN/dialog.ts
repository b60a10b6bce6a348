import type { dialog as english } from '../en/dialog.js';

export const dialog: typeof english = {
  cancel: '取消',
  keepRunning: '继续运行',
  saveAs: '把历史写入文件',
  chooseSocket: '选择 Docker 引擎的套接字',
  widen: (endpoint: string) => ({
    title: '使用这个 Docker 引擎？',
    body: `${endpoint} 不是 Careen 自己找到的。同意后，Careen 会读取那里的镜像和容器，并在你要求时清理它们。`,
    agree: '使用这个引擎',
  }),
};
