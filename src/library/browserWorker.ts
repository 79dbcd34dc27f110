/** The worker script of bundles for browsers: all programs that run in workers there. */
import { startTeamWorker } from '../engine/teamWorker.js';
import { runPrograms } from '../platform/workerScript.browser.js';

runPrograms({ team: startTeamWorker });
