import { render } from 'preact';
import { App } from './app.js';
import { openStorage } from './storage/openStorage.js';

const root = document.getElementById('app');
if (root !== null) {
  void openStorage().then((storage) => {
    render(<App storage={storage} />, root);
  });
}
