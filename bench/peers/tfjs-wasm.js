import '@tensorflow/tfjs-backend-wasm';
import { serveTfjs } from './tfjs.js';

await serveTfjs('wasm');
