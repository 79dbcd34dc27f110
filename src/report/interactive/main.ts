/** The script of a report: `scripts/pageScript.js` joins it and what it imports to one text, which pages contain. */
import { startClassifier } from './classifier.js';
import { openGalleries } from './openGallery.js';
import { sortTables } from './sortTables.js';
import { showValues } from './tooltip.js';

showValues();
openGalleries();
sortTables();
startClassifier();
