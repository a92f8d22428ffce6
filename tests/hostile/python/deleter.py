# Acts only when it is thrown away, after its answer was taken.
import gc


class Late:
    def __del__(self):
        get_ipython().kernel.session.send(None, "execute_result", {"data": {"text/plain": "2.0"}, "metadata": {}})
        import unrolled.exam.calling

        unrolled.exam.calling.encode = lambda value: 2.0


gc.set_threshold(1)
for _ in range(100):
    late = Late()
    late.me = late
del late
