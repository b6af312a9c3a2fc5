"""Runs a server until standard input closes: it never outlives who started it, however that ended.

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
    from ministack import app as module

    keep_error_names()
    module.app = refuse_half_signed(module.app)
    module.main()


def keep_error_names():
    """Lambda answers the name of what a handler throws; MiniStack 1.5.33 calls it Runtime.HandlerError, always."""
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    message = "String(err.message || err)"
    named = 'JSON.stringify({ errorType: err.name || "Error", errorMessage: ' + message + " })"
    script = lambda_runtime._NODEJS_WORKER_SCRIPT
    if script.count("error: " + message) != 1:
        raise SystemExit("serve.py does not know this version of MiniStack")
    lambda_runtime._NODEJS_WORKER_SCRIPT = script.replace("error: " + message, "error: " + named)
    execute = lambda_svc._execute_function_warm

    def execute_named(*arguments):
        result = execute(*arguments)
        body = result.get("body")
        if result.get("error") and body["errorType"] == "Runtime.HandlerError" and body["errorMessage"].startswith("{"):
            result["body"] = json.loads(body["errorMessage"])
        return result

    lambda_svc._execute_function_warm = execute_named


def refuse_half_signed(app):
    """S3 refuses a URL that names credentials and is not signed; MiniStack 1.5.33 takes its word for who asks."""

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
