import { connectToParent } from '../platform/host.js';
import { lowerThreadPriority, threadTimeFile } from '../platform/thread.js';
import type { Size } from './decodedImage.js';
import { silenceDecoders } from './decodeErrors.js';
import { shareDecoders } from './formats/compiledDecoders.js';
import type { ThreadData, ThreadMessage } from './decoderThread.js';

/**
 * Answers the requests of a `DecoderThread`; called by the entry point of its worker.
 *
 * @param handle its second argument is to be called before each image is decoded, with the size if its header states one
 */
export function serveRequests<Response>(
  handle: (request: never, onImage: (size: Size | undefined) => void) => Promise<Response>,
): void {
  silenceDecoders();
  connectToParent((data, post) => {
    const send = (message: ThreadMessage<Response>) => {
      post(message);
    };
    const onImage = (size: Size | undefined) => {
      send({ pixels: size === undefined ? undefined : size.width * size.height });
    };
    // Both sides are built from the same source, so the data has this type.
    const { isBackground, decoders } = data as ThreadData;
    if (isBackground) lowerThreadPriority();
    shareDecoders(decoders, (decoder) => {
      send({ decoder });
    });
    send({ timeFile: threadTimeFile() });
    return (message) => {
      // Both sides are built from the same source, so messages have this type.
      void handle(message as never, onImage).then((response) => {
        send({ response });
      });
    };
  });
}
