/** The script of workers that train on a GPU in bundles for browsers. */
import { TEAM_WORKER } from '../engine/program.js';
import { startTeamWorker } from '../engine/teamWorker.js';
import { GPU_PROGRAM, runPrograms } from '../platform/workerScript.browser.js';
import { startFitWorker } from './fitWorker.js';

runPrograms({ [String(TEAM_WORKER)]: startTeamWorker, [GPU_PROGRAM]: startFitWorker });
