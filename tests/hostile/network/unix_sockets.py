# Talks to services of this machine over local sockets, with and without a name.
import socket

for address in ("/var/run/docker.sock", "/run/dbus/system_bus_socket", "/tmp/.X11-unix/X0", "\0@TOKEN@"):
    try:
        local = socket.socket(socket.AF_UNIX)
        local.connect(address)
        local.send(b"@TOKEN@")
        print("connected to", address)
    except OSError as error:
        print(error)
a, b = socket.socketpair()
