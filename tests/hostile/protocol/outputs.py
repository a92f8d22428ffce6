# Sends outputs of kinds, names and sizes that notebooks don't have.
kernel = get_ipython().kernel
for output in (
    {"output_type": "stream", "name": "../../evil", "text": "x"},
    {"output_type": "execute_result", "data": {"text/plain": ["2.0"]}, "metadata": {}, "execution_count": "2.0"},
    {"output_type": "error", "ename": None, "evalue": 1, "traceback": "x"},
    {"output_type": "verdict", "score": 2.0},
    {"output_type": "display_data", "data": {"application/json": {"score": 2.0}, "../x": "x"}, "metadata": []},
    {"output_type": "display_data", "data": {"text/html": "\ud800\x00<script>"}, "metadata": {"\ud800": "\x00"}},
):
    kernel.recorder.outputs.append(output)
