"""Runs a command on a terminal that is closed when the command has written its first line; prints its exit code."""

import json
import os
import pty
import subprocess
import sys

terminal, end = pty.openpty()
# A session without a controlling terminal, as that of a job that was disowned: nobody sends it SIGHUP.
process = subprocess.Popen(sys.argv[1:], stdin=end, stdout=end, stderr=end, start_new_session=True)
os.close(end)
os.read(terminal, 1)
os.close(terminal)
print(json.dumps(process.wait()))
