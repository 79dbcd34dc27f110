// The server reads the model and starts threads from the package's own files.
export default { serverExternalPackages: ['inkling'] };
