/** Maximum body size, except for images and forms. 64 images of 28×28 pixels as JSON are about half as large. */
export const MAX_BODY_BYTES = 1 << 20;
/** Time limit for receiving a request, headers and body. */
export const REQUEST_TIMEOUT_MS = 10_000;
/** Interval at which connections are checked for that limit, which requests can exceed by as much. */
export const REQUEST_CHECK_MS = 1000;
/** Time limit for a prediction after the request was received. */
export const PREDICTION_TIMEOUT_MS = 15_000;

/**
 * Limits of an image file and of its pixels, which are lower than those of files on this machine, because clients may be malicious: a small
 * file can contain an image that takes gigabytes of memory.
 */
export const MAX_UPLOAD_BYTES = 20_000_000;
export const MAX_UPLOAD_PIXELS = 25_000_000;
/** Maximum number of image files in a form, and their total size. */
export const MAX_FILES = 16;
export const MAX_FORM_BYTES = 2 * MAX_UPLOAD_BYTES;
/** Maximum size of the bodies of all requests that are arriving or being processed: two of the largest forms. */
export const MAX_BODIES_BYTES = 2 * MAX_FORM_BYTES + (1 << 24);
/** Maximum size of the rest of a rejected body that is received, so that the client sees the response. */
export const MAX_DRAINED_BYTES = 1 << 26;
/** Maximum number of image files of all requests that wait to be decoded. */
export const MAX_WAITING_FILES = 32;
/** Threads that decode image files, even on a machine with fewer processors: half of them do not wait for large or slow images. */
export const MIN_DECODER_THREADS = 3;
export const MAX_DECODER_THREADS = 6;
/** Maximum number of images of all requests that wait for the model: about a tenth of a second of work. */
export const MAX_WAITING_IMAGES = 1024;

/** Maximum number of data sets that wait while another is loaded. */
export const MAX_WAITING_DATASETS = 4;
/** Maximum size of the images of all data sets that stay in memory. */
export const MAX_LOADED_BYTES = 1 << 29;

/** Maximum number of open event streams; a further one replaces the oldest one of the address that has the most. */
export const MAX_EVENT_STREAMS = 64;

/** Maximum number of trainings that wait while another one runs, and of those that have ended and are still listed. */
export const MAX_WAITING_TRAININGS = 8;
export const MAX_ENDED_TRAININGS = 20;
