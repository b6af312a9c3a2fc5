"""Places an order, reads it, and opens its invoice by the generated Python client; prints one line."""

import json
import os
import time
import urllib.request

from coffee_orders import Client
from coffee_orders.api.orders import get_execution, get_invoice, get_order, place_order
from coffee_orders.models import AcceptedOrder, OrderState, Invoice, InvoiceLink, OrderRequest, PlacedOrder

client = Client(base_url=os.environ["ORIGIN"])
account = f"python-{time.time_ns()}"
order = {
    "accountid": account,
    "vendorid": "v0",
    "orderdate": "2026-11-24 09:30:00.123456",
    "city": "L'Aquila",
    "details": {"coffeetype": "Latte", "coffeesize": "Small", "unitprice": "3.50", "quantity": 2},
    "eventtype": ["new_order"],
}


def ended(orderid: str) -> OrderState:
    deadline = time.monotonic() + 30
    while True:
        state = get_execution.sync(orderid, client=client)
        assert isinstance(state, OrderState), state
        if state.status != "RUNNING" or time.monotonic() > deadline:
            return state
        time.sleep(0.02)


accepted = place_order.sync(client=client, body=OrderRequest.from_dict({"order": order}))
assert isinstance(accepted, AcceptedOrder), accepted
assert ended(accepted.orderid).status == "SUCCEEDED"
placed = get_order.sync(client=client, accountid=account, vendorid="v0")
assert isinstance(placed, PlacedOrder) and placed.orderid == accepted.orderid, placed
link = get_invoice.sync(client=client, object_key=placed.invoice)
assert isinstance(link, InvoiceLink), link
with urllib.request.urlopen(link.url) as answer:
    invoice = Invoice.from_dict(json.load(answer))
assert [line.orderid for line in invoice.lines] == [placed.orderid], invoice
[total] = invoice.totals
assert total.total == "7.00", total
print(f"openapi-python-client: placed {placed.orderid}, read it, and its invoice of {total.total} {total.currency}")
