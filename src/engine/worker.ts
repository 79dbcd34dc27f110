/** The entry point of every worker of a team, in Node.js. */
import { connectToParent } from '../platform/host.js';
import { startTeamWorker } from './teamWorker.js';

connectToParent(startTeamWorker);
