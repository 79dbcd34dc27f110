import { pipeline } from '@huggingface/transformers';

/** A page that only predicts. */
globalThis.predict = async (image) => {
  const classify = await pipeline('image-classification', 'digits', { device: 'wasm', dtype: 'fp32' });
  return classify(image);
};
