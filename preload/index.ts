import { contextBridge, ipcRenderer } from 'electron';
import type { CareenDoor } from './api.js';

type Receive = (event: unknown, message: string) => void;

/** What main said while the page was still being loaded; null: its listener has it. */
let early: string[] | null = [];
const keep: Receive = (_event, message) => early?.push(message);

// Asked for before the page is there: main tells what it shows first once its script is on its way.
ipcRenderer.on('careen:slice', keep);
ipcRenderer.send('careen:ready');

const door: CareenDoor = {
  call: (name, params, engine) =>
    ipcRenderer.invoke('careen:call', name, params, engine) as Promise<string>,
  view: (engine) => ipcRenderer.invoke('careen:view', engine) as Promise<string>,
  subscribe(listener) {
    const receive: Receive = (_event, message) => listener(message);
    ipcRenderer.on('careen:slice', receive);
    const said = early;
    early = null;
    ipcRenderer.off('careen:slice', keep);
    if (said) said.forEach((message) => listener(message));
    else ipcRenderer.send('careen:ready');
    return () => {
      ipcRenderer.off('careen:slice', receive);
    };
  },
};

contextBridge.exposeInMainWorld('careen', door);
