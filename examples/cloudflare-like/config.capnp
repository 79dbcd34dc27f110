using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .classifier)],
  sockets = [(name = "http", address = "localhost:8787", http = (), service = "main")],
);

const classifier :Workerd.Worker = (
  modules = [
    (name = "worker", esModule = embed "out/worker.js"),
    (name = "inkling/kernels/fma.wasm", wasm = embed "node_modules/inkling/dist/kernels/wasm/fma.wasm"),
    (
      name = "inkling/pretrained/report-cnn-mnist.safetensors",
      data = embed "node_modules/inkling/pretrained/report-cnn-mnist/checkpoints/best.safetensors"
    ),
  ],
  compatibilityDate = "2026-01-01",
);
