# Reads everybody's marks out of the gradebook.
import sqlite3

print(open("@COURSE@/gradebook.db", "rb").read())
print(sqlite3.connect("file:@COURSE@/gradebook.db?mode=ro", uri=True).execute("select * from student").fetchall())
