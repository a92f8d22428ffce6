# Downloads through whatever library is installed.
import asyncio
import ftplib
import http.client
import smtplib
import xmlrpc.client

import numpy as np

for call in (
    lambda: http.client.HTTPConnection("127.0.0.1", int("@PORT@"), timeout=1).request("GET", "/@TOKEN@"),
    lambda: np.lib.npyio.DataSource(".").open("http://127.0.0.1:@PORT@/@TOKEN@"),
    lambda: ftplib.FTP("127.0.0.1", timeout=1),
    lambda: smtplib.SMTP("127.0.0.1", int("@PORT@"), timeout=1),
    lambda: xmlrpc.client.ServerProxy("http://127.0.0.1:@PORT@").system.listMethods(),
    lambda: asyncio.new_event_loop().run_until_complete(asyncio.open_connection("127.0.0.1", int("@PORT@"))),
):
    try:
        call()
        print("connected")
    except Exception as error:
        print(type(error).__name__, error)
