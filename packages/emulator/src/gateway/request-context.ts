import { randomBytes, randomUUID } from 'node:crypto';
import type { GatewayRequest } from './gateway-request.ts';

/** Where a request arrived. */
export interface Arrival {
  readonly apiId: string;
  readonly accountId: string;
  readonly stage: string;
  /** Of the method that serves it; absent when none does. */
  readonly resource?: { readonly id: string; readonly path: string };
}

/** `$context`, which a Lambda proxy gets as its `requestContext`. */
export type RequestContext = ReturnType<typeof requestContext>;

/** The `$context` variables of one request. */
export function requestContext(request: GatewayRequest, { apiId, accountId, stage, resource }: Arrival) {
  const now = new Date();
  return {
    accountId,
    apiId,
    domainName: request.host,
    domainPrefix: request.host.split('.', 1).join(''),
    extendedRequestId: randomBytes(11).toString('base64'),
    httpMethod: request.method,
    identity: {
      accessKey: null,
      accountId: null,
      apiKey: null,
      apiKeyId: null,
      caller: null,
      clientCert: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: request.userAgent,
      userArn: null,
    },
    path: request.path,
    protocol: request.protocol,
    requestId: randomUUID(),
    requestTime: commonLogTime(now),
    requestTimeEpoch: now.getTime(),
    resourceId: resource?.id ?? null,
    resourcePath: resource?.path ?? null,
    stage,
    xrayTraceId: `Root=1-${Math.floor(now.getTime() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`,
  };
}

/** `24/Nov/2026:20:41:00 +0000`. */
function commonLogTime(time: Date): string {
  const [, day = '', month = '', year = '', clock = ''] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
}
