import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { CoffeeSystem } from '../test-support/coffee-system.ts';

const head = 'POST /prod/order HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';

it.each([
  ['hangs up in the middle of a body', `${head}Content-Length: 100\r\n\r\n{"order":`],
  ['sends a body in chunks that are none', `${head}Transfer-Encoding: chunked\r\n\r\n9\r\n{"order":\r\nzz\r\n`],
])('a client that %s is not reported as a defect', async (_, request) => {
  const errors: unknown[] = [];
  const system = await CoffeeSystem.start({ onError: (error) => errors.push(error) });
  try {
    const socket = connect(Number(new URL(system.url).port), '127.0.0.1');
    const closed = once(socket, 'close');
    socket.resume();
    await new Promise<void>((sent) => socket.write(request, () => sent()));
    for (let turn = 0; turn < 5; turn += 1) await system.get('/healthz'); // by now the server reads the body
    socket.destroy();
    await closed;
    for (let turn = 0; turn < 5; turn += 1) await system.get('/healthz');
    expect(errors).toEqual([]);
  } finally {
    await system.close();
  }
});
