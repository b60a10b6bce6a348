import { contextBridge, ipcRenderer } from 'electron';
import type { SliceMessage } from '../main/contract/slices.js';
import type { CareenApi } from './api.js';

const api: CareenApi = {
  call: (name, params) => ipcRenderer.invoke('careen:call', name, params),
  subscribe(listener) {
    const receive = (_event: unknown, message: SliceMessage) => listener(message);
    ipcRenderer.on('careen:slice', receive);
    ipcRenderer.send('careen:ready');
    return () => {
      ipcRenderer.off('careen:slice', receive);
    };
  },
};

contextBridge.exposeInMainWorld('careen', api);
