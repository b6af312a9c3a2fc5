import { expect, it } from 'vitest';
import type { ApiMethod } from './api.ts';
import { findRoute } from './find-route.ts';

const method = {} as ApiMethod;
const resources = [
  { id: 'proxy', path: '/{proxy+}', methods: { ANY: method } },
  { id: 'one', path: '/order/{orderid}', methods: { GET: method } },
  { id: 'mine', path: '/order/mine', methods: { GET: method } },
  { id: 'order', path: '/order', methods: { POST: method } },
];

it.each([
  ['POST', '/order', 'order', {}],
  ['POST', '/order/', 'order', {}],
  ['GET', '/order/mine', 'mine', {}],
  ['GET', '/order/a%20b', 'one', { orderid: 'a b' }],
  ['GET', '/order/%zz', 'one', { orderid: '%zz' }],
  ['PUT', '/order/mine', 'proxy', { proxy: 'order/mine' }],
  ['GET', '/order/a/b', 'proxy', { proxy: 'order/a/b' }],
])('%s %s is served by %s', (httpMethod, path, id, pathParameters) => {
  const route = findRoute(resources, httpMethod, path);
  expect([route?.resource.id, route?.pathParameters]).toEqual([id, pathParameters]);
});

it('does not fall back to a resource that is only less near', () => {
  expect(findRoute(resources.slice(1), 'PUT', '/order/mine')).toBeUndefined();
  const both = [{ id: 'put', path: '/order/{orderid}', methods: { PUT: method } }, ...resources.slice(2)];
  expect(findRoute(both, 'PUT', '/order/mine')).toBeUndefined();
});
