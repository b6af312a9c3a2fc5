import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** How a server answers a recipient or a message: at once, later, or with a refusal. */
type Answer = () => Promise<void> | void;

/** A real SMTP server on this machine. It counts, and answers as its script says; a script's last answer is repeated. */
export async function mailServer({ recipients = [], messages = [] }: { recipients?: Answer[]; messages?: Answer[] }) {
  const arrived: string[] = [];
  const accepted: string[] = [];
  const connections = { opened: 0, open: 0, most: 0 };
  const nextOf = (answers: Answer[]): Answer => (answers.length > 1 ? answers.shift() : answers[0]) ?? (() => {});
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onConnect(_, callback) {
      connections.opened += 1;
      connections.open += 1;
      connections.most = Math.max(connections.most, connections.open);
      callback();
    },
    onClose() {
      connections.open -= 1;
    },
    onRcptTo(_address, _session, callback) {
      answer(nextOf(recipients), callback);
    },
    async onData(stream, _, callback) {
      const message = await text(stream);
      arrived.push(message);
      answer(nextOf(messages), (error) => {
        if (!error) accepted.push(message);
        callback(error);
      });
    },
  });
  server.on('error', () => {}); // connections that a test breaks
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    connections,
    /** The messages that were transmitted to the end, accepted or not. */
    arrived,
    /** The messages that the server has accepted. */
    accepted,
    /** Breaks every connection. */
    hangUp: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

function answer(by: Answer, callback: (error?: Error | null) => void): void {
  Promise.resolve()
    .then(by)
    .then(() => callback(), callback);
}

/** Refuses in the server's own words. */
export const refuse = (responseCode: number, words: string) => () =>
  Promise.reject(Object.assign(new Error(words), { responseCode }));
