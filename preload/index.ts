import { contextBridge, ipcRenderer } from 'electron';
import type { CareenDoor } from './api.js';

const door: CareenDoor = {
  call: (name, params) => ipcRenderer.invoke('careen:call', name, params) as Promise<string>,
  subscribe(listener) {
    const receive = (_event: unknown, message: string) => listener(message);
    ipcRenderer.on('careen:slice', receive);
    ipcRenderer.send('careen:ready');
    return () => {
      ipcRenderer.off('careen:slice', receive);
    };
  },
};

contextBridge.exposeInMainWorld('careen', door);
