import { serveTfjs } from '../tfjs.js';

await serveTfjs('webgl');
