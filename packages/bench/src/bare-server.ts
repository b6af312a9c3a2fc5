import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The baseline: a bare server that parses the same body and answers the same answer. Run as a process of its own. */
const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    text += chunk;
  });
  request.on('end', () => {
    const { order } = JSON.parse(text) as { order: { accountid: string } };
    const body = JSON.stringify({
      orderid: '01a20b6d-e0c4-7715-af51-1964c9c489e6',
      executionArn: `arn:aws:states:local:000000000000:execution:order-workflow:${order.accountid}`,
      startDate: Date.now() / 1000,
    });
    response.writeHead(202, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/prod`);
});
