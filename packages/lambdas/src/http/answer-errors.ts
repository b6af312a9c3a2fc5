import type { APIGatewayProxyResult } from 'aws-lambda';
import { respondProblem } from './respond.ts';

/** The status of each error a caller can do something about, by the error's name. */
const statuses: Readonly<Record<string, number>> = {
  InvoiceKeyRejected: 400,
  InvoiceNotFound: 404,
  OrderNotFound: 404,
};

/** Answers the errors a caller can do something about; any other is a defect and goes on to Lambda. */
export async function answerErrors(answer: () => Promise<APIGatewayProxyResult>): Promise<APIGatewayProxyResult> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { name, message } = error;
    if (name === 'Unavailable') {
      const detail = 'a store did not answer; the same request can be sent again';
      return respondProblem(503, 'Unavailable', detail, { headers: { 'Retry-After': '1' } });
    }
    const status = statuses[name];
    if (status === undefined) throw error;
    return respondProblem(status, name, message);
  }
}
