"""Runs a command on a terminal that is closed when the command has written its first line; prints its exit code.

With the word "hang-up" before it, the command is sent SIGHUP instead.
"""

import json
import os
import pty
import signal
import subprocess
import sys

is_hung_up = sys.argv[1] == "hang-up"
terminal, end = pty.openpty()
# A session without a controlling terminal, as that of a job that was disowned: nobody sends it SIGHUP.
process = subprocess.Popen(sys.argv[2 if is_hung_up else 1 :], stdin=end, stdout=end, stderr=end, start_new_session=True)
os.close(end)
os.read(terminal, 1)
if is_hung_up:
    process.send_signal(signal.SIGHUP)
else:
    os.close(terminal)
print(json.dumps(process.wait()))
