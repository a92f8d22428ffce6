# Closes the kernel's event loop and breaks its coroutines.
import asyncio

asyncio.get_event_loop().stop()
get_ipython().kernel.loop.close = None
asyncio.set_event_loop(None)
