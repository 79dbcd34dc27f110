/** The worker script of bundles for browsers: all programs that run in workers there. */
import { startTeamWorker } from '../engine/teamWorker.js';
import { runPrograms } from '../platform/workerScript.browser.js';
import { FIT_WORKER } from './fitMessages.js';
import { startFitWorker } from './fitWorker.js';
import { TEAM_WORKER } from '../engine/program.js';

runPrograms({ [String(TEAM_WORKER)]: startTeamWorker, [FIT_WORKER]: startFitWorker });
