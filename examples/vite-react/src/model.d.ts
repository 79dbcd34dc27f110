declare module 'inkling/pretrained/report-cnn-mnist.safetensors?url' {
  const url: string;
  export default url;
}
