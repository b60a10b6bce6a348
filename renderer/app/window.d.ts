/// <reference types="vite/client" />
import type { CareenDoor } from '../../preload/api.js';

declare global {
  interface Window {
    careen: CareenDoor;
  }
}
