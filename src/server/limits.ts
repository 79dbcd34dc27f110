import { MAX_IMAGE_FILE_BYTES } from '../images/limits.js';

/** Body of a request that is not an image or a form. 64 images of 28 × 28 pixels as JSON take about half of it. */
export const MAX_BODY_BYTES = 1 << 20;
/** Time for a request to arrive, headers and body. */
export const REQUEST_TIMEOUT_MS = 10_000;
/** Interval at which connections are checked for that: a request may take this much longer. */
export const REQUEST_CHECK_MS = 1000;
/** Time for a prediction after the request has arrived. */
export const PREDICTION_TIMEOUT_MS = 15_000;

/** Image files in a form, and their size together. */
export const MAX_FILES = 16;
export const MAX_FORM_BYTES = 2 * MAX_IMAGE_FILE_BYTES;
/** Image files of all requests that wait to be decoded. */
export const MAX_WAITING_FILES = 32;
/** Images of all requests that wait for the model: about a tenth of a second of work. */
export const MAX_WAITING_IMAGES = 1024;

/** Event streams that are open at the same time. */
export const MAX_EVENT_STREAMS = 64;
