import './app/without-eval.js';
import { mount } from 'svelte';
import App from './app/App.svelte';
import './app/base.css';
import { lookAhead } from './app/look-ahead.js';
import { AppState } from './app/state/app.svelte.js';
import { apiOf } from './app/state/door.js';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element #app');
const app = new AppState(apiOf(window.careen));
try {
  await lookAhead(app);
} finally {
  mount(App, { target, props: { app } });
}
