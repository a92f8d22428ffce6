# Runs programs: a shell, an interpreter, a downloader.
import os
import subprocess

for command in (["sh", "-c", "env; cat @SECRET@"], ["python3", "-c", "print(open('@SECRET@').read())"], ["curl", "x"]):
    try:
        print(subprocess.run(command, capture_output=True, text=True))
    except OSError as error:
        print(error)
print(os.system("cat @SECRET@"), os.popen("env").read())
!cat @SECRET@
%%bash
cat @SECRET@
