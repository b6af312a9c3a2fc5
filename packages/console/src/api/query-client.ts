import { QueryClient } from '@tanstack/react-query';
import { Unreachable } from './http.ts';

/** The cache of what was read. It asks again only where no answer came: a refusal stays one. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always', // this server answers whether or not the machine has a network
        retry: (failures, error) => error instanceof Unreachable && failures < 2,
        retryDelay: 500,
        staleTime: 1000,
      },
      mutations: { networkMode: 'always' },
    },
  });
}
