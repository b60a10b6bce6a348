/// <reference types="vite/client" />
import type { CareenApi } from '../../preload/api.js';

declare global {
  interface Window {
    careen: CareenApi;
  }
}
