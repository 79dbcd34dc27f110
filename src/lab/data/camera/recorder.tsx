import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Notice } from '../../../components/notice.js';
import { text } from '../../text/text.js';
import type { ExampleKind } from '../collection.js';
import { useBurst } from './useBurst.js';

/** What the camera sees, and a button that records pictures as long as it is held. */
export function Recorder(props: {
  stream: MediaStream;
  kind: ExampleKind;
  /** Whether it is shown as in a mirror, which suits a camera that looks at its user. */
  isMirrored: boolean;
  className: string;
  onPictures: (images: readonly Uint8Array[]) => void;
}) {
  const { stream, kind, isMirrored, className, onPictures } = props;
  const video = useRef<HTMLVideoElement>(null);
  const [isReady, setReady] = useState(false);
  const [status, setStatus] = useState(text.data.camera.holdHint);
  const onRecorded = useCallback(
    (images: readonly Uint8Array[]) => {
      onPictures(images);
      setStatus(text.data.camera.added(images.length, className));
    },
    [onPictures, className],
  );
  const { count, problem, start, stop } = useBurst(video, kind, onRecorded);
  const { camera } = text.data;
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  return (
    <>
      <video
        ref={video}
        autoplay
        muted
        playsInline
        class={isMirrored ? 'mirrored' : ''}
        aria-label={isMirrored ? camera.mirror : camera.preview}
        onLoadedData={() => {
          setReady(true);
        }}
      />
      <button
        type="button"
        class="primary record"
        disabled={!isReady}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          start();
        }}
        onLostPointerCapture={stop}
        onKeyDown={(event) => {
          if (!isRecordKey(event)) return;
          event.preventDefault();
          if (!event.repeat) start();
        }}
        onKeyUp={(event) => {
          if (isRecordKey(event)) stop();
        }}
        onBlur={stop}
        // On phones, what is held opens a menu.
        onContextMenu={(event) => {
          event.preventDefault();
        }}
      >
        {count === undefined ? camera.hold(className) : camera.recording(count)}
      </button>
      <p class="muted" role="status">
        {status}
      </p>
      {problem !== undefined && <Notice isError>{problem}</Notice>}
    </>
  );
}

function isRecordKey({ key }: KeyboardEvent): boolean {
  return key === ' ' || key === 'Enter';
}
