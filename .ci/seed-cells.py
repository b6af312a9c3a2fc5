"""Runs the Python cells of the seed, unchanged but for the address of the gateway, against a running system.

usage: seed-cells.py ORIGIN SEED    e.g. http://127.0.0.1:3000 orchestration-with-step-functions.md
"""

import ast
import contextlib
import io
import sys
import time

import requests
from IPython.core.interactiveshell import InteractiveShell

GATEWAY = 'https://{gwid}.execute-api.ap-southeast-2.amazonaws.com'


def is_python(lines):
    try:
        ast.parse('\n'.join(lines))
    except SyntaxError:
        return False
    return True


def cells_of(text):
    """After each prompt, the most lines that are Python together: the prose that follows is not."""
    for chunk in text.split('\nIn [None]:')[1:]:
        lines = chunk.split('\n')
        length = max(n for n in range(len(lines) + 1) if is_python(lines[:n]))
        yield '\n'.join(lines[:length]).strip() + '\n'


def check(condition, what):
    if not condition:
        raise SystemExit(f'FAILED: {what}')
    print(f'ok: {what}')


def finished(origin, response):
    """Waits up to 30 seconds for the execution of a posted order to succeed; returns the id of the order."""
    orderid = response.json()['orderid']
    deadline = time.monotonic() + 30
    status = 'RUNNING'
    while status == 'RUNNING' and time.monotonic() < deadline:
        time.sleep(0.05)
        status = requests.get(f'{origin}/prod/order/{orderid}', timeout=30).json()['status']
    check(status == 'SUCCEEDED', f'order {orderid} {status}')
    return orderid


def main(origin, path):
    with open(path, encoding='utf-8') as file:
        cells = list(cells_of(file.read()))
    check(len(cells) == 6, f'the seed has six cells ({len(cells)} found)')
    check(sum(GATEWAY in cell for cell in cells) == 5, 'five of them name the gateway')

    posted = []
    post = requests.post

    def recording_post(url, **arguments):
        response = post(url, **arguments)
        posted.append((arguments['json']['order'], response))
        return response

    requests.post = recording_post  # the cells say requests.post; only the record is added
    shell = InteractiveShell.instance(history_load_length=0)
    shell.history_manager.enabled = False

    def run(cell):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            shell.run_cell(cell.replace(GATEWAY, origin)).raise_error()
        return printed.getvalue()

    post_orders, formatter, get_order, get_invoice, post_another, get_another = cells

    check('<Response [202]>' in run(post_orders), 'the post of five orders prints <Response [202]>')
    check([order['accountid'] for order, _ in posted] == ['a0', 'a1', 'a2', 'a3', 'a4'], 'five orders were posted')
    check(all(response.status_code == 202 for _, response in posted), 'each was answered 202')
    orderids = [finished(origin, response) for _, response in posted]
    run(formatter)
    run(get_order)
    answer = shell.user_ns['response_get'].json()
    check(answer['order'] == posted[0][0], "a0's order reads back as it was sent")
    check(answer['orderid'] == orderids[0], 'under its id')

    printed = run(get_invoice)
    url = shell.user_ns['response_get'].json()['url']
    check(url in printed, 'the link to the invoice is printed')
    lines = [line for line in requests.get(url, timeout=30).json()['lines'] if line['orderid'] == orderids[0]]
    check([line['order'] for line in lines] == [posted[0][0]], 'the link downloads, and the invoice holds the order once')

    check('<Response [202]>' in run(post_another), 'the post of a100 prints <Response [202]>')
    finished(origin, posted[5][1])
    run(get_another)
    check(shell.user_ns['response_get'].json()['order'] == posted[5][0], "a100's order at v100 comes back as it was sent")


main(sys.argv[1].rstrip('/'), sys.argv[2])
