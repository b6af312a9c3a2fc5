/** Generated from docs/openapi.json by openapi-typescript: npx pnpm openapi */
import type { Order as DomainOrder } from "@coffee/domain";
type Order = Omit<DomainOrder, "eventtype"> & {
    eventtype: string[];
};
export interface paths {
    "/prod/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the newest order of an account at a vendor */
        get: operations["getOrder"];
        put?: never;
        /**
         * Place an order
         * @description The order is stored before the answer and handled afterwards. Repeating key and body while the execution runs gets the first answer. API Gateway answers `OrderRejected` to every body that it refuses, without `issues`, and 429 to too many requests.
         */
        post: operations["placeOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prod/order/{orderid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the state of an order */
        get: operations["getExecution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prod/invoice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a link to an invoice */
        get: operations["getInvoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/menu": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the menu */
        get: operations["getMenu"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/issuer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how to sign in */
        get: operations["getIssuer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List orders */
        get: operations["listOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List invoices */
        get: operations["listInvoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{year}/{month}/{accountid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a signed link
         * @description The query of the link, which is not described here, proves that the link is unchanged.
         */
        get: operations["openInvoiceLink"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages
         * @description All of them are for an operator. A customer and a vendor give an `orderid` of theirs.
         */
        get: operations["listMails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List executions */
        get: operations["listExecutions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions/{orderid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an execution with its input and history */
        get: operations["getExecutionHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions/{orderid}/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redrive a failed execution
         * @description It goes on at the state that failed, with the input of that state.
         */
        post: operations["redriveExecution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write a copy of the whole file while orders go on
         * @description Asked by a loopback name only. The copy holds what was stored when it began, or more.
         */
        post: operations["backUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the state machine */
        get: operations["getWorkflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what fails on purpose */
        get: operations["listFaults"];
        /**
         * Make a port fail
         * @description Replaces the fault of the same port and method.
         */
        put: operations["setFault"];
        post?: never;
        /** Let everything work again */
        delete: operations["clearFaults"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what happens
         * @description Server-sent events, from now on: `execution` with an ExecutionState when one starts, ends or is redriven; `history` with `{ orderid, event }`, a HistoryEvent, as states are entered, retried and left; `mail` with `{ id, subject, sentAt }`. A customer gets those of the orders that it has placed, a vendor none. A comment every 15 seconds keeps the connection. Nothing is sent again after a reconnect: read again what you show.
         */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ask whether the server is up */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The body of `POST /prod/order`, at most 262144 bytes. */
        OrderRequest: {
            order: components["schemas"]["Order"];
        };
        /** @description A coffee, and who orders it where and when. */
        Order: Order;
        Backup: {
            /** @description An absolute path on the machine of the server, where there is no file yet. */
            file: string;
        };
        /** @description A way for a port to fail on purpose: before its effect, after it (the answer is lost), or slowly. */
        Fault: {
            /** @constant */
            port: "OrderRepository";
            /** @enum {string} */
            method: "put" | "get";
            /** @enum {string} */
            kind: "before" | "after";
            /** @description How many calls it affects. */
            times: number | "always";
        } | {
            /** @constant */
            port: "OrderRepository";
            /** @enum {string} */
            method: "put" | "get";
            /** @constant */
            kind: "slow";
            /** @description How much longer a call takes. */
            milliseconds: number;
            /** @description How many calls it affects. */
            times: number | "always";
        } | {
            /** @constant */
            port: "InvoiceStore";
            /** @enum {string} */
            method: "add" | "get" | "prepare";
            /** @enum {string} */
            kind: "before" | "after";
            /** @description How many calls it affects. */
            times: number | "always";
        } | {
            /** @constant */
            port: "InvoiceStore";
            /** @enum {string} */
            method: "add" | "get" | "prepare";
            /** @constant */
            kind: "slow";
            /** @description How much longer a call takes. */
            milliseconds: number;
            /** @description How many calls it affects. */
            times: number | "always";
        } | {
            /** @constant */
            port: "InvoiceLinks";
            /** @enum {string} */
            method: "link";
            /** @enum {string} */
            kind: "before" | "after";
            /** @description How many calls it affects. */
            times: number | "always";
        } | {
            /** @constant */
            port: "InvoiceLinks";
            /** @enum {string} */
            method: "link";
            /** @constant */
            kind: "slow";
            /** @description How much longer a call takes. */
            milliseconds: number;
            /** @description How many calls it affects. */
            times: number | "always";
        } | {
            /** @constant */
            port: "Notifier";
            /** @enum {string} */
            method: "publish";
            /** @enum {string} */
            kind: "before" | "after";
            /** @description How many calls it affects. */
            times: number | "always";
        } | {
            /** @constant */
            port: "Notifier";
            /** @enum {string} */
            method: "publish";
            /** @constant */
            kind: "slow";
            /** @description How much longer a call takes. */
            milliseconds: number;
            /** @description How many calls it affects. */
            times: number | "always";
        } | {
            /** @constant */
            port: "NotificationLog";
            /** @enum {string} */
            method: "begin" | "finish" | "release";
            /** @enum {string} */
            kind: "before" | "after";
            /** @description How many calls it affects. */
            times: number | "always";
        } | {
            /** @constant */
            port: "NotificationLog";
            /** @enum {string} */
            method: "begin" | "finish" | "release";
            /** @constant */
            kind: "slow";
            /** @description How much longer a call takes. */
            milliseconds: number;
            /** @description How many calls it affects. */
            times: number | "always";
        };
        /** @description One broken rule. */
        Issue: {
            /** @description Where: the keys from the body or query inward. */
            path: (string | number)[];
            /** @description Which rule, like `wrong_price`. */
            code: string;
            message: string;
        };
        /** @description An order that is stored and on its way. */
        AcceptedOrder: {
            /** @description The name of the execution that handles the order: its Idempotency-Key, or a UUID of version 7. */
            orderid: string;
            /** @description The name of the execution as Step Functions writes it. */
            executionArn: string;
            /** @description When the execution started: seconds since 1970 UTC, with milliseconds. */
            startDate: number;
        };
        /** @description An accepted order: the order as it was sent, and what it costs. */
        PlacedOrder: {
            /** @description The name of the execution that handles the order: its Idempotency-Key, or a UUID of version 7. */
            orderid: string;
            /**
             * Format: date-time
             * @description When the execution started: UTC, ISO 8601.
             */
            acceptedAt: string;
            order: components["schemas"]["Order"];
            /** @description What the order costs: a decimal string with its currency's decimal places. */
            total: string;
            /** @description ISO 4217 code. */
            currency: string;
            /** @description `year/month/accountid`, the month not padded: the month of the order as the customer wrote it. */
            invoice: string;
        };
        /** @description The state of an order's execution, and the order as it was sent, by which a client can tell whether it is its own. */
        OrderState: {
            /** @description The name of the execution that handles the order: its Idempotency-Key, or a UUID of version 7. */
            orderid: string;
            /** @enum {string} */
            status: "RUNNING" | "SUCCEEDED" | "FAILED";
            /** @description When it started: seconds since 1970 UTC, with milliseconds. */
            startDate: number;
            /** @description When it ended: seconds since 1970 UTC, with milliseconds. */
            stopDate?: number;
            /** @description The name of the error it failed with. */
            error?: string;
            /** @description Why the order is refused, when the error is `OrderRejected`. */
            message?: string;
            order?: components["schemas"]["Order"];
        };
        /** @description A signed link to an invoice. */
        InvoiceLink: {
            /** @description `year/month/accountid`, the month not padded: the month of the order as the customer wrote it. */
            objectKey: string;
            /**
             * Format: uri
             * @description Anyone can GET it until it expires.
             */
            url: string;
            /**
             * Format: date-time
             * @description When the link expires: UTC, ISO 8601.
             */
            expiresAt: string;
        };
        /** @description What can be ordered, and what it costs. */
        Menu: {
            /** @description ISO 4217 code. */
            currency: string;
            coffeetypes: string[];
            coffeesizes: {
                coffeesize: string;
                /** @description The list price of the size: a decimal string with its currency's decimal places. */
                unitprice: string;
            }[];
        };
        /** @description The issuer of tokens that the system trusts. Empty where the system is open. */
        Issuer: {
            /** @description The `iss` of the tokens, where discovery starts. */
            issuer?: string;
            /** @description The `aud` of the tokens. */
            audience?: string;
            /** @description What the console and the command line sign in as. */
            clientid?: string;
        };
        /** @description Orders, newest first. */
        OrderPage: {
            orders: components["schemas"]["PlacedOrder"][];
            /** @description The `before` of the next page. Left out on the last one. */
            next?: string;
        };
        /** @description Invoices, the newest month first, then by account. */
        InvoicePage: {
            invoices: components["schemas"]["InvoiceSummary"][];
            /** @description The `before` of the next page. Left out on the last one. */
            next?: string;
        };
        /** @description An invoice without its lines. */
        InvoiceSummary: {
            /** @description `year/month/accountid`, the month not padded: the month of the order as the customer wrote it. */
            objectKey: string;
            /** @description The `accountid` of the order. */
            accountid: string;
            period: {
                year: number;
                month: number;
            };
            lineCount: number;
            /** @description A total for each currency, sorted by currency. */
            totals: components["schemas"]["InvoiceTotal"][];
        };
        /** @description The sum of the lines in one currency. */
        InvoiceTotal: {
            /** @description ISO 4217 code. */
            currency: string;
            /** @description The sum of the amounts in this currency: a decimal string with its currency's decimal places. */
            total: string;
        };
        /** @description An invoice of an account and month, with its lines in order of acceptance. */
        Invoice: {
            /** @description `year/month/accountid`, the month not padded: the month of the order as the customer wrote it. */
            objectKey: string;
            /** @description The `accountid` of the order. */
            accountid: string;
            period: {
                year: number;
                month: number;
            };
            lines: components["schemas"]["InvoiceLine"][];
            /** @description A total for each currency, sorted by currency. */
            totals: components["schemas"]["InvoiceTotal"][];
        };
        /** @description One order on an invoice. */
        InvoiceLine: {
            /** @description The name of the execution that handles the order: its Idempotency-Key, or a UUID of version 7. */
            orderid: string;
            /**
             * Format: date-time
             * @description When the execution started: UTC, ISO 8601.
             */
            acceptedAt: string;
            order: components["schemas"]["Order"];
            /** @description What it costs: a decimal string with its currency's decimal places. */
            amount: string;
            /** @description ISO 4217 code. */
            currency: string;
        };
        /** @description Messages, newest first. */
        MailPage: {
            mails: components["schemas"]["Mail"][];
            /** @description The `before` of the next page. Left out on the last one. */
            next?: number;
        };
        /** @description The message about an order. */
        Mail: {
            /** @description The name of the execution that handles the order: its Idempotency-Key, or a UUID of version 7. */
            id: string;
            subject: string;
            text: string;
            attributes: {
                eventtype: string[];
                accountid: string;
                vendorid: string;
            };
            /**
             * Format: date-time
             * @description When it arrived: UTC, ISO 8601.
             */
            sentAt: string;
            /** @description Its number in order of arrival, from 1. */
            sequence: number;
        };
        /** @description Executions, newest first. */
        ExecutionPage: {
            executions: components["schemas"]["ExecutionState"][];
            /** @description The `before` of the next page. Left out on the last one. */
            next?: number;
            /** @description How many executions there are of each status. */
            counts: {
                RUNNING: number;
                SUCCEEDED: number;
                FAILED: number;
            };
        };
        /** @description The state of an execution, for the person at this machine. */
        ExecutionState: {
            /** @description The name of the execution that handles the order: its Idempotency-Key, or a UUID of version 7. */
            orderid: string;
            /** @enum {string} */
            status: "RUNNING" | "SUCCEEDED" | "FAILED";
            /** @description When it started: seconds since 1970 UTC, with milliseconds. */
            startDate: number;
            /** @description When it ended: seconds since 1970 UTC, with milliseconds. */
            stopDate?: number;
            /** @description The name of the error it failed with. */
            error?: string;
            /** @description Why the order is refused, when the error is `OrderRejected`. */
            message?: string;
            /** @description What the error says; for a task, JSON as Lambda reports it, without its trace. */
            cause?: string;
        };
        /** @description An execution with its input and every event. */
        Execution: {
            /** @description The name of the execution that handles the order: its Idempotency-Key, or a UUID of version 7. */
            orderid: string;
            /** @enum {string} */
            status: "RUNNING" | "SUCCEEDED" | "FAILED";
            /** @description When it started: seconds since 1970 UTC, with milliseconds. */
            startDate: number;
            /** @description When it ended: seconds since 1970 UTC, with milliseconds. */
            stopDate?: number;
            /** @description The name of the error it failed with. */
            error?: string;
            /** @description Why the order is refused, when the error is `OrderRejected`. */
            message?: string;
            /** @description What the error says; for a task, JSON as Lambda reports it, without its trace. */
            cause?: string;
            executionArn: string;
            /** @description The input of the execution: the body of the request, as a string, and who sent it. */
            input: unknown;
            history: components["schemas"]["HistoryEvent"][];
        };
        /** @description One event of an execution. */
        HistoryEvent: {
            /** @description Its number in the history, from 1. */
            id: number;
            /**
             * Format: date-time
             * @description When it happened: UTC, ISO 8601.
             */
            timestamp: string;
            /** @description What happened, like `StateEntered`. */
            type: string;
            /** @description The state it happened to. */
            state?: string;
            /** @description The output of a state that changed it. */
            output?: unknown;
            error?: string;
            cause?: string;
            /** @description Which attempt failed, or which retry begins, from 1. */
            attempt?: number;
        };
        /** @description The state machine in the Amazon States Language. */
        Workflow: {
            StartAt: string;
            States: {
                [key: string]: {
                    Type: string;
                } & {
                    [key: string]: unknown;
                };
            };
        } & {
            [key: string]: unknown;
        };
        /** @description What can be made to fail, and what does. */
        FaultList: {
            targets: {
                /** @enum {string} */
                port: "OrderRepository" | "InvoiceStore" | "InvoiceLinks" | "Notifier" | "NotificationLog";
                methods: string[];
            }[];
            faults: components["schemas"]["Fault"][];
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        /** @description An error as RFC 9457 writes it, with a stable `code`. */
        Problem: {
            /** @constant */
            type: "about:blank";
            title: string;
            status: number;
            detail: string;
            /** @description What went wrong, for programs. */
            code: string;
            /** @description The first 100. */
            issues?: components["schemas"]["Issue"][];
            /** @description How many issues there are besides. */
            moreIssues?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getOrder: {
        parameters: {
            query: {
                /**
                 * @description The `accountid` of the order.
                 * @example a0
                 */
                accountid: string;
                /**
                 * @description The `vendorid` of the order.
                 * @example v0
                 */
                vendorid: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orderid": "01a20aa3-4262-7c3a-9f42-2f6c1d0e8a57",
                     *       "acceptedAt": "2026-11-23T23:00:01.250Z",
                     *       "order": {
                     *         "accountid": "a0",
                     *         "vendorid": "v0",
                     *         "orderdate": "2026-11-24 09:30:00.123456",
                     *         "city": "Adelaide",
                     *         "details": {
                     *           "coffeetype": "Latte",
                     *           "coffeesize": "Small",
                     *           "unitprice": "3.50",
                     *           "quantity": 2
                     *         },
                     *         "eventtype": [
                     *           "new_order"
                     *         ]
                     *       },
                     *       "total": "7.00",
                     *       "currency": "AUD",
                     *       "invoice": "2026/11/a0"
                     *     }
                     */
                    "application/json": components["schemas"]["PlacedOrder"];
                };
            };
            /** @description `ParameterRejected`: a parameter is missing, repeated or breaks a rule. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ParameterRejected";
                    };
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /** @description `OrderNotFound`: there is no such order. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "OrderNotFound";
                    };
                };
            };
            /**
             * @description `Damaged`: a store holds something that cannot be read; someone has to look.
             *
             *     `InternalError`: this is a defect; the log of the process has the details.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Damaged" | "InternalError";
                    };
                };
            };
            /** @description `Unavailable`: a store did not answer; the same request can be sent again. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unavailable";
                    };
                };
            };
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Becomes the id of the order, so that repeating the request does not place a second order. May be written in quotes. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "order": {
                 *         "accountid": "a0",
                 *         "vendorid": "v0",
                 *         "orderdate": "2026-11-24 09:30:00.123456",
                 *         "city": "Adelaide",
                 *         "details": {
                 *           "coffeetype": "Latte",
                 *           "coffeesize": "Small",
                 *           "unitprice": "3.50",
                 *           "quantity": 2
                 *         },
                 *         "eventtype": [
                 *           "new_order"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["OrderRequest"];
            };
        };
        responses: {
            /** @description The order is on its way. */
            202: {
                headers: {
                    /** @description Where to read the state of the order. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orderid": "01a20aa3-4262-7c3a-9f42-2f6c1d0e8a57",
                     *       "executionArn": "arn:aws:states:local:000000000000:execution:order-workflow:01a20aa3-4262-7c3a-9f42-2f6c1d0e8a57",
                     *       "startDate": 1795474801.25
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedOrder"];
                };
            };
            /**
             * @description `OrderRejected`: the body or its order breaks a rule; `issues` lists the first 100.
             *
             *     `MalformedJson`: the body must be JSON in UTF-8.
             *
             *     `IdempotencyKeyRejected`: Idempotency-Key must be 1 to 80 of the characters A-Z a-z 0-9 _ -.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "OrderRejected" | "MalformedJson" | "IdempotencyKeyRejected";
                    };
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /** @description `OrderForbidden`: this caller may not place orders for this account. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "OrderForbidden";
                    };
                };
            };
            /** @description `ExecutionAlreadyExists`: the Idempotency-Key is that of an execution that has ended or has another body. */
            409: {
                headers: {
                    /** @description Where to read the state of the order. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ExecutionAlreadyExists";
                    };
                };
            };
            /** @description `PayloadTooLarge`: the body must not be larger than 262144 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "PayloadTooLarge";
                    };
                };
            };
            /** @description `UnsupportedMediaType`: the content type must be application/json, without a content encoding. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "UnsupportedMediaType";
                    };
                };
            };
            /**
             * @description `Damaged`: a store holds something that cannot be read; someone has to look.
             *
             *     `InternalError`: this is a defect; the log of the process has the details.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Damaged" | "InternalError";
                    };
                };
            };
            /** @description `Unavailable`: a store did not answer; the same request can be sent again. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unavailable";
                    };
                };
            };
        };
    };
    getExecution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id that `POST /prod/order` returned. */
                orderid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state of its execution. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orderid": "01a20aa3-4262-7c3a-9f42-2f6c1d0e8a57",
                     *       "status": "SUCCEEDED",
                     *       "startDate": 1795474801.25,
                     *       "stopDate": 1795474801.27
                     *     }
                     */
                    "application/json": components["schemas"]["OrderState"];
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /** @description `ExecutionNotFound`: there is no such execution. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ExecutionNotFound";
                    };
                };
            };
            /**
             * @description `Damaged`: a store holds something that cannot be read; someone has to look.
             *
             *     `InternalError`: this is a defect; the log of the process has the details.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Damaged" | "InternalError";
                    };
                };
            };
            /** @description `Unavailable`: a store did not answer; the same request can be sent again. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unavailable";
                    };
                };
            };
        };
    };
    getInvoice: {
        parameters: {
            query: {
                /**
                 * @description The `invoice` of an order: year, month (not padded) and account.
                 * @example 2026/11/a0
                 */
                objectKey: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "objectKey": "2026/11/a0",
                     *       "url": "http://127.0.0.1:3000/invoices/2026/11/a0?expires=1795475701&signature=5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e",
                     *       "expiresAt": "2026-11-23T23:15:01.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceLink"];
                };
            };
            /**
             * @description `ParameterRejected`: a parameter is missing, repeated or breaks a rule.
             *
             *     `InvoiceKeyRejected`: the objectKey is not `year/month/accountid`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ParameterRejected" | "InvoiceKeyRejected";
                    };
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /** @description `InvoiceNotFound`: there is no such invoice. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "InvoiceNotFound";
                    };
                };
            };
            /**
             * @description `Damaged`: a store holds something that cannot be read; someone has to look.
             *
             *     `InternalError`: this is a defect; the log of the process has the details.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Damaged" | "InternalError";
                    };
                };
            };
            /** @description `Unavailable`: a store did not answer; the same request can be sent again. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unavailable";
                    };
                };
            };
        };
    };
    getMenu: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The menu. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "currency": "AUD",
                     *       "coffeetypes": [
                     *         "Short Black",
                     *         "Flat White",
                     *         "Latte",
                     *         "Long Black"
                     *       ],
                     *       "coffeesizes": [
                     *         {
                     *           "coffeesize": "Small",
                     *           "unitprice": "3.50"
                     *         },
                     *         {
                     *           "coffeesize": "Medium",
                     *           "unitprice": "4.00"
                     *         },
                     *         {
                     *           "coffeesize": "Large",
                     *           "unitprice": "4.50"
                     *         },
                     *         {
                     *           "coffeesize": "x-Large",
                     *           "unitprice": "5.00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Menu"];
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /** @description `InternalError`: this is a defect; the log of the process has the details. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "InternalError";
                    };
                };
            };
        };
    };
    getIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whose tokens are trusted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "issuer": "https://issuer.example",
                     *       "audience": "coffee-orders",
                     *       "clientid": "coffee"
                     *     }
                     */
                    "application/json": components["schemas"]["Issuer"];
                };
            };
            /** @description `InternalError`: this is a defect; the log of the process has the details. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "InternalError";
                    };
                };
            };
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description Only of this `accountid`. */
                accountid?: string;
                /** @description Only of this `vendorid`. */
                vendorid?: string;
                /** @description The most that a page holds. */
                limit?: number;
                /** @description The `next` of the page before. */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Orders, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orders": [
                     *         {
                     *           "orderid": "01a20aa3-4262-7c3a-9f42-2f6c1d0e8a57",
                     *           "acceptedAt": "2026-11-23T23:00:01.250Z",
                     *           "order": {
                     *             "accountid": "a0",
                     *             "vendorid": "v0",
                     *             "orderdate": "2026-11-24 09:30:00.123456",
                     *             "city": "Adelaide",
                     *             "details": {
                     *               "coffeetype": "Latte",
                     *               "coffeesize": "Small",
                     *               "unitprice": "3.50",
                     *               "quantity": 2
                     *             },
                     *             "eventtype": [
                     *               "new_order"
                     *             ]
                     *           },
                     *           "total": "7.00",
                     *           "currency": "AUD",
                     *           "invoice": "2026/11/a0"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            /** @description `ParameterRejected`: a parameter is missing, repeated or breaks a rule. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ParameterRejected";
                    };
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /**
             * @description `Damaged`: a store holds something that cannot be read; someone has to look.
             *
             *     `InternalError`: this is a defect; the log of the process has the details.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Damaged" | "InternalError";
                    };
                };
            };
            /** @description `KeptElsewhere`: orders and invoices are kept on AWS, and are not browsed from here. */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "KeptElsewhere";
                    };
                };
            };
            /** @description `Unavailable`: a store did not answer; the same request can be sent again. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unavailable";
                    };
                };
            };
        };
    };
    listInvoices: {
        parameters: {
            query?: {
                /** @description Of this year. */
                year?: number;
                /** @description Of this month, not padded. */
                month?: number;
                /** @description Only of this `accountid`. */
                accountid?: string;
                /** @description The most that a page holds. */
                limit?: number;
                /** @description The `next` of the page before. */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Invoices, the newest month first, then by account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "invoices": [
                     *         {
                     *           "objectKey": "2026/11/a0",
                     *           "accountid": "a0",
                     *           "period": {
                     *             "year": 2026,
                     *             "month": 11
                     *           },
                     *           "lineCount": 1,
                     *           "totals": [
                     *             {
                     *               "currency": "AUD",
                     *               "total": "7.00"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["InvoicePage"];
                };
            };
            /** @description `ParameterRejected`: a parameter is missing, repeated or breaks a rule. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ParameterRejected";
                    };
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /**
             * @description `Damaged`: a store holds something that cannot be read; someone has to look.
             *
             *     `InternalError`: this is a defect; the log of the process has the details.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Damaged" | "InternalError";
                    };
                };
            };
            /** @description `KeptElsewhere`: orders and invoices are kept on AWS, and are not browsed from here. */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "KeptElsewhere";
                    };
                };
            };
            /** @description `Unavailable`: a store did not answer; the same request can be sent again. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unavailable";
                    };
                };
            };
        };
    };
    openInvoiceLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The year. */
                year: number;
                /** @description The month, not padded. */
                month: number;
                /** @description The account. */
                accountid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The invoice, as a file to save. */
            200: {
                headers: {
                    "Content-Disposition": string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "objectKey": "2026/11/a0",
                     *       "accountid": "a0",
                     *       "period": {
                     *         "year": 2026,
                     *         "month": 11
                     *       },
                     *       "lines": [
                     *         {
                     *           "orderid": "01a20aa3-4262-7c3a-9f42-2f6c1d0e8a57",
                     *           "acceptedAt": "2026-11-23T23:00:01.250Z",
                     *           "order": {
                     *             "accountid": "a0",
                     *             "vendorid": "v0",
                     *             "orderdate": "2026-11-24 09:30:00.123456",
                     *             "city": "Adelaide",
                     *             "details": {
                     *               "coffeetype": "Latte",
                     *               "coffeesize": "Small",
                     *               "unitprice": "3.50",
                     *               "quantity": 2
                     *             },
                     *             "eventtype": [
                     *               "new_order"
                     *             ]
                     *           },
                     *           "amount": "7.00",
                     *           "currency": "AUD"
                     *         }
                     *       ],
                     *       "totals": [
                     *         {
                     *           "currency": "AUD",
                     *           "total": "7.00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description `LinkRejected`: this link has expired, was changed, or leads to no invoice. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "LinkRejected";
                    };
                };
            };
            /**
             * @description `Damaged`: a store holds something that cannot be read; someone has to look.
             *
             *     `InternalError`: this is a defect; the log of the process has the details.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Damaged" | "InternalError";
                    };
                };
            };
            /** @description `Unavailable`: a store did not answer; the same request can be sent again. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unavailable";
                    };
                };
            };
        };
    };
    listMails: {
        parameters: {
            query?: {
                /** @description Only that about this order. */
                orderid?: string;
                /** @description The most that a page holds. */
                limit?: number;
                /** @description The `next` of the page before. */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "mails": [
                     *         {
                     *           "id": "01a20aa3-4262-7c3a-9f42-2f6c1d0e8a57",
                     *           "subject": "Coffee order: 2 x Latte, Small, 7.00 AUD",
                     *           "text": "Thank you for your coffee order.\n\n  2 x Latte, Small\n  Total      7.00 AUD\n\n  Ordered    2026-11-24 09:30:00.123456\n  City       Adelaide\n  Vendor     v0\n  Account    a0\n  Invoice    2026/11/a0\n  Order id   01a20aa3-4262-7c3a-9f42-2f6c1d0e8a57\n",
                     *           "attributes": {
                     *             "eventtype": [
                     *               "new_order"
                     *             ],
                     *             "accountid": "a0",
                     *             "vendorid": "v0"
                     *           },
                     *           "sentAt": "2026-11-23T23:00:01.270Z",
                     *           "sequence": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["MailPage"];
                };
            };
            /** @description `ParameterRejected`: a parameter is missing, repeated or breaks a rule. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ParameterRejected";
                    };
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /** @description `OperatorRequired`: only an operator may do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "OperatorRequired";
                    };
                };
            };
            /**
             * @description `Damaged`: a store holds something that cannot be read; someone has to look.
             *
             *     `InternalError`: this is a defect; the log of the process has the details.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Damaged" | "InternalError";
                    };
                };
            };
            /** @description `Unavailable`: a store did not answer; the same request can be sent again. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unavailable";
                    };
                };
            };
        };
    };
    listExecutions: {
        parameters: {
            query?: {
                /** @description Only with this status. */
                status?: "RUNNING" | "SUCCEEDED" | "FAILED";
                /** @description The most that a page holds. */
                limit?: number;
                /** @description The `next` of the page before. */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Executions, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "executions": [
                     *         {
                     *           "orderid": "01a20aa3-4262-7c3a-9f42-2f6c1d0e8a57",
                     *           "status": "SUCCEEDED",
                     *           "startDate": 1795474801.25,
                     *           "stopDate": 1795474801.27
                     *         }
                     *       ],
                     *       "counts": {
                     *         "RUNNING": 0,
                     *         "SUCCEEDED": 1,
                     *         "FAILED": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ExecutionPage"];
                };
            };
            /** @description `ParameterRejected`: a parameter is missing, repeated or breaks a rule. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ParameterRejected";
                    };
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /**
             * @description `Damaged`: a store holds something that cannot be read; someone has to look.
             *
             *     `InternalError`: this is a defect; the log of the process has the details.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Damaged" | "InternalError";
                    };
                };
            };
            /** @description `Unavailable`: a store did not answer; the same request can be sent again. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unavailable";
                    };
                };
            };
        };
    };
    getExecutionHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id that `POST /prod/order` returned. */
                orderid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The execution. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /** @description `ExecutionNotFound`: there is no such execution. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ExecutionNotFound";
                    };
                };
            };
            /**
             * @description `Damaged`: a store holds something that cannot be read; someone has to look.
             *
             *     `InternalError`: this is a defect; the log of the process has the details.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Damaged" | "InternalError";
                    };
                };
            };
            /** @description `Unavailable`: a store did not answer; the same request can be sent again. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unavailable";
                    };
                };
            };
        };
    };
    redriveExecution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id that `POST /prod/order` returned. */
                orderid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It runs again. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orderid": "01a20aa3-4262-7c3a-9f42-2f6c1d0e8a57",
                     *       "status": "RUNNING",
                     *       "startDate": 1795474801.25
                     *     }
                     */
                    "application/json": components["schemas"]["ExecutionState"];
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /**
             * @description `OriginRejected`: only the pages of this server may change something here.
             *
             *     `OperatorRequired`: only an operator may do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "OriginRejected" | "OperatorRequired";
                    };
                };
            };
            /** @description `ExecutionNotFound`: there is no such execution. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ExecutionNotFound";
                    };
                };
            };
            /** @description `ExecutionNotRedrivable`: only a failed execution can be redriven. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ExecutionNotRedrivable";
                    };
                };
            };
            /**
             * @description `Damaged`: a store holds something that cannot be read; someone has to look.
             *
             *     `InternalError`: this is a defect; the log of the process has the details.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Damaged" | "InternalError";
                    };
                };
            };
            /** @description `Unavailable`: a store did not answer; the same request can be sent again. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unavailable";
                    };
                };
            };
        };
    };
    backUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "file": "/var/backups/coffee.sqlite"
                 *     }
                 */
                "application/json": components["schemas"]["Backup"];
            };
        };
        responses: {
            /** @description The copy is written. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backup"];
                };
            };
            /**
             * @description `BackupRejected`: the backup cannot be written there.
             *
             *     `MalformedJson`: the body must be JSON in UTF-8.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "BackupRejected" | "MalformedJson";
                    };
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /**
             * @description `OriginRejected`: only the pages of this server may change something here.
             *
             *     `OperatorRequired`: only an operator may do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "OriginRejected" | "OperatorRequired";
                    };
                };
            };
            /** @description `PayloadTooLarge`: the body must not be larger than 262144 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "PayloadTooLarge";
                    };
                };
            };
            /** @description `UnsupportedMediaType`: the content type must be application/json, without a content encoding. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "UnsupportedMediaType";
                    };
                };
            };
            /** @description `InternalError`: this is a defect; the log of the process has the details. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "InternalError";
                    };
                };
            };
            /** @description `KeptElsewhere`: orders and invoices are kept on AWS, and are not browsed from here. */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "KeptElsewhere";
                    };
                };
            };
        };
    };
    getWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file in the Amazon States Language. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /** @description `InternalError`: this is a defect; the log of the process has the details. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "InternalError";
                    };
                };
            };
        };
    };
    listFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What can be made to fail, and what does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultList"];
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /** @description `OperatorRequired`: only an operator may do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "OperatorRequired";
                    };
                };
            };
            /** @description `InternalError`: this is a defect; the log of the process has the details. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "InternalError";
                    };
                };
            };
        };
    };
    setFault: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "port": "Notifier",
                 *       "method": "publish",
                 *       "kind": "before",
                 *       "times": 2
                 *     }
                 */
                "application/json": components["schemas"]["Fault"];
            };
        };
        responses: {
            /** @description What fails now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultList"];
                };
            };
            /**
             * @description `FaultRejected`: the fault breaks a rule.
             *
             *     `MalformedJson`: the body must be JSON in UTF-8.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "FaultRejected" | "MalformedJson";
                    };
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /**
             * @description `OriginRejected`: only the pages of this server may change something here.
             *
             *     `OperatorRequired`: only an operator may do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "OriginRejected" | "OperatorRequired";
                    };
                };
            };
            /** @description `PayloadTooLarge`: the body must not be larger than 262144 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "PayloadTooLarge";
                    };
                };
            };
            /** @description `UnsupportedMediaType`: the content type must be application/json, without a content encoding. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "UnsupportedMediaType";
                    };
                };
            };
            /** @description `InternalError`: this is a defect; the log of the process has the details. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "InternalError";
                    };
                };
            };
        };
    };
    clearFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing fails on purpose. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /**
             * @description `OriginRejected`: only the pages of this server may change something here.
             *
             *     `OperatorRequired`: only an operator may do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "OriginRejected" | "OperatorRequired";
                    };
                };
            };
            /** @description `InternalError`: this is a defect; the log of the process has the details. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "InternalError";
                    };
                };
            };
        };
    };
    followEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /** @description `OperatorRequired`: only an operator may do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "OperatorRequired";
                    };
                };
            };
            /** @description `InternalError`: this is a defect; the log of the process has the details. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "InternalError";
                    };
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is, and its store answers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description `Unauthorized`: a valid token must be sent: `Authorization: Bearer …`. */
            401: {
                headers: {
                    /** @description `Bearer`, with `error="invalid_token"` when a token was sent. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unauthorized";
                    };
                };
            };
            /**
             * @description `Damaged`: a store holds something that cannot be read; someone has to look.
             *
             *     `InternalError`: this is a defect; the log of the process has the details.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Damaged" | "InternalError";
                    };
                };
            };
            /** @description `Unavailable`: a store did not answer; the same request can be sent again. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "Unavailable";
                    };
                };
            };
        };
    };
}
