import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** Two sockets between which everything is passed on. */
interface Link {
  readonly ends: readonly [Socket, Socket];
  isForgotten: boolean;
}

/** A network between a process and Redis that can be interrupted, in both directions, without either side being told. */
export class Network {
  readonly #server: Server;
  readonly #links = new Set<Link>();
  #isCut = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param port of Redis on this machine */
  static async start(port: number): Promise<Network> {
    const server = createServer();
    const network = new Network(server);
    server.on('connection', (socket) => {
      network.#connect(socket, createConnection(port, '127.0.0.1'));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return network;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `redis://127.0.0.1:${address.port}`;
  }

  /** Nothing arrives any more. */
  cut(): void {
    this.#isCut = true;
    for (const { ends } of this.#links) for (const end of ends) end.pause();
  }

  /** What was sent meanwhile arrives, since TCP sends it again. */
  heal(): void {
    this.#isCut = false;
    for (const { ends, isForgotten } of this.#links) if (!isForgotten) for (const end of ends) end.resume();
  }

  /** As if a router had lost its state: what is sent on connections that exist never arrives, and new connections work. */
  forget(): void {
    for (const link of this.#links) {
      link.isForgotten = true;
      for (const end of link.ends) end.pause();
    }
  }

  close(): void {
    for (const { ends } of this.#links) for (const end of ends) end.destroy();
    this.#server.close();
  }

  #connect(...ends: [Socket, Socket]): void {
    const link: Link = { ends, isForgotten: false };
    this.#links.add(link);
    for (const [index, end] of ends.entries()) {
      const other = ends[1 - index];
      end.on('data', (data) => other.write(data));
      end.on('error', () => undefined);
      end.on('close', () => {
        if (!this.#isCut && !link.isForgotten) other.destroy();
      });
      if (this.#isCut) end.pause();
    }
  }
}
