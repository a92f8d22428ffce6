# Calls home over TCP, by address, by name, by IPv6, at the port of a neighbour who listens.
import socket
import urllib.request

for address in (("127.0.0.1", "@PORT@"), ("localhost", "@PORT@"), ("::1", "@PORT@"), ("1.1.1.1", "53")):
    try:
        socket.create_connection((address[0], int(address[1])), timeout=1).send(b"@TOKEN@")
        print("connected")
    except OSError as error:
        print(error)
print(urllib.request.urlopen("http://127.0.0.1:@PORT@/@TOKEN@", timeout=1).read())
