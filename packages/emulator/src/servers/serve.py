"""Runs a server until standard input closes, so that it never outlives the process that started it.

    serve.py ministack|moto PORT FOLDER

The folder, where the server keeps its files, is removed at the end.
"""

import json
import logging
import os
import shutil
import signal
import sys
import threading
import time
from urllib.parse import parse_qs


def end_with_the_starter(folder):
    while os.read(0, 1024):
        pass
    shutil.rmtree(folder, ignore_errors=True)
    # The group: functions that run in processes of their own end too.
    os.killpg(0, signal.SIGTERM)
    time.sleep(5)
    os.killpg(0, signal.SIGKILL)


def ministack(port):
    os.environ["GATEWAY_PORT"] = port
    sys.argv = ["ministack"]
    from hypercorn.config import Config
    from ministack import app as module

    Config.backlog = 4096  # a burst of connections waits; by default all but 100 are dropped and try again later
    treat_errors_as_lambda_does()
    module.app = refuse_half_signed(module.app)
    module.main()


# What Lambda's runtime answers for an error, and what it logs: the error as JSON, whose toJSON may leave things out.
DESCRIBED = """(error) => ({
  errorType: error.name, errorMessage: error.message, trace: String(error.stack).split("\\n")
})"""
LOGGED = f"""JSON.stringify(err, (_, value) => value instanceof Error ? ({DESCRIBED})(value) : value)"""


def treat_errors_as_lambda_does():
    """MiniStack 1.5.33 answers the message only of what a module or a handler throws, and logs its stack."""
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    script = lambda_runtime._NODEJS_WORKER_SCRIPT
    for theirs, ours in {
        'error: String(err.message || err), trace: err.stack || ""': f"error: JSON.stringify(({DESCRIBED})(err)), trace: {LOGGED}",
        "error: e.message\n": f"error: JSON.stringify(({DESCRIBED})(e))\n",
    }.items():
        if script.count(theirs) != 1:
            raise SystemExit("serve.py does not know this version of MiniStack")
        script = script.replace(theirs, ours)
    lambda_runtime._NODEJS_WORKER_SCRIPT = script
    # How long the log of a function may take to arrive; 50 milliseconds are too short on a busy machine.
    lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (2.0, 0.005, 2.0)
    execute = lambda_svc._execute_function_warm

    def execute_described(*arguments):
        result = execute(*arguments)
        message = result["body"]["errorMessage"].removeprefix("Worker init failed: ") if result.get("error") else ""
        if message.startswith('{"errorType"'):
            result["body"] = json.loads(message)
        return result

    lambda_svc._execute_function_warm = execute_described


def refuse_half_signed(app):
    """S3 refuses a URL with credentials and without a signature; MiniStack 1.5.33 believes it."""

    async def guarded(scope, receive, send):
        query = parse_qs(scope.get("query_string", b"").decode())
        signed = query.get("X-Amz-Algorithm") == ["AWS4-HMAC-SHA256"] and "X-Amz-Signature" in query
        if scope["type"] != "http" or signed or "X-Amz-Credential" not in query:
            return await app(scope, receive, send)
        body = b"<Error><Code>AuthorizationQueryParametersError</Code></Error>"
        await send({"type": "http.response.start", "status": 400, "headers": [(b"content-type", b"application/xml")]})
        await send({"type": "http.response.body", "body": body})

    return guarded


def moto(port):
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import run_simple

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    # One request at a time: moto checks a condition and writes in two steps, which its threads would interleave.
    run_simple("127.0.0.1", int(port), DomainDispatcherApplication(create_backend_app), threaded=False)


if __name__ == "__main__":
    name, port, folder = sys.argv[1:]
    threading.Thread(target=end_with_the_starter, args=[folder], daemon=True).start()
    {"ministack": ministack, "moto": moto}[name](port)
