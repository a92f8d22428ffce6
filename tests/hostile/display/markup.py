# Names a quiz answer in the markup of tables and pages.
# %% what_y_1_reads
what_y_1_reads = "[bold red]all right[/] {{ 7*7 }} {% raw %} <b>x</b> =HYPERLINK(\"http://evil.example\")"
