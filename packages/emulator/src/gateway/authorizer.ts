import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { GatewayRequest, RequestContext } from './gateway-request.ts';
import { GatewayError } from './gateway-response.ts';
import type { Invoker } from './lambda-proxy.ts';
import type { Authorizer } from './read-api.ts';

/** What an authorizer answers; its context has strings only, as mapping templates print them. */
const authorizerAnswer = z.strictObject({
  principalId: z.string().min(1),
  policyDocument: z.strictObject({
    Version: z.literal('2012-10-17'),
    Statement: z.array(
      z.strictObject({
        Effect: z.enum(['Allow', 'Deny']),
        Action: z.literal('execute-api:Invoke'),
        Resource: z.string(),
      }),
    ),
  }),
  context: z.record(z.string(), z.string()).default({}),
});

type Result = z.output<typeof authorizerAnswer>;

/** `$context.authorizer`, for a request that is let pass. */
type Authorized = Readonly<Record<string, string>>;

/** Asks the authorizer of a route. */
export type Authorize = (
  authorizer: Authorizer,
  request: GatewayRequest,
  context: RequestContext,
) => Promise<Authorized>;

/**
 * Makes what asks authorizers as API Gateway does: not without a token of the right form, once for each token as long as its
 * result is kept, whatever path it was asked for; the policy of the result decides on each.
 */
export function authorizers(lambda: Invoker): Authorize {
  const kept = new Map<string, { readonly result: Result; readonly until: number }>();

  return async (authorizer, request, { apiId, stage }) => {
    const names = Object.keys(request.headers).filter((name) => name.toLowerCase() === authorizer.header);
    const token = names.flatMap((name) => request.headers[name] ?? []).at(-1) ?? '';
    if (!authorizer.pattern.test(token)) throw new GatewayError('UNAUTHORIZED');
    const arn = (method: string, path: string) =>
      `arn:aws:execute-api:us-east-1:000000000000:${apiId}/${stage}/${method}/${path}`;
    const methodArn = arn(request.method, request.path.slice(stage.length + 2));
    const found = kept.get(token);
    const isKept = found !== undefined && Date.now() < found.until;
    const result = isKept ? found.result : await invoke(lambda, authorizer.functionArn, token, methodArn);
    if (!isKept) kept.set(token, { result, until: Date.now() + authorizer.ttlSeconds * 1000 });
    const effects = result.policyDocument.Statement.filter(({ Resource }) => covers(Resource, methodArn));
    const isAllowed = effects.length > 0 && effects.every(({ Effect }) => Effect === 'Allow');
    if (!isAllowed) throw new GatewayError('ACCESS_DENIED');
    return { ...result.context, principalId: result.principalId };
  };
}

function covers(resource: string, arn: string): boolean {
  const pattern = resource.split('*').map((part) => part.replace(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`));
  return new RegExp(`^${pattern.join('.*')}$`).test(arn);
}

async function invoke(lambda: Invoker, FunctionName: string, token: string, methodArn: string): Promise<Result> {
  const event = { type: 'TOKEN', authorizationToken: token, methodArn };
  const command = new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) });
  const output = await lambda.send(command).catch((error: unknown) => {
    throw new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', { cause: error });
  });
  const answer: unknown = JSON.parse(Buffer.from(output.Payload ?? []).toString('utf8'));
  if (output.FunctionError !== undefined) {
    const { errorMessage } = Object(answer) as { readonly errorMessage?: unknown };
    if (errorMessage === 'Unauthorized') throw new GatewayError('UNAUTHORIZED');
    throw new GatewayError('AUTHORIZER_FAILURE', { cause: new Error(`the authorizer failed: ${errorMessage}`) });
  }
  const { success, data, error } = authorizerAnswer.safeParse(answer);
  if (!success) throw new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', { cause: error });
  return data;
}
