# Uses up all inodes with empty files.
for place in range(10**7):
    open(f"{place}", "w").close()
