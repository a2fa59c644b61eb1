"""Runs a program and says what it took.

The program is started by a small process (this file, run): a process begins with the peak memory of the one that it was
forked from, which would be that of a script with PyTorch in it.
"""
import json
import os
import subprocess
import sys
import time
import types


def run(command):
    """Its seconds, the processor's seconds, megabytes at the peak (resident, mapped pages included) and output.

    Ends the script on failure."""
    command = [str(word) for word in command]
    done = subprocess.run([sys.executable, "-S", __file__, *command], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed")
    output, _, figures = done.stdout.rstrip("\n").rpartition("\n")
    return types.SimpleNamespace(output=output, **json.loads(figures))


def main():
    started = time.monotonic()
    child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
    _, status, usage = os.wait4(child, 0)
    seconds = time.monotonic() - started
    print("\n" + json.dumps({"seconds": seconds, "processor": usage.ru_utime + usage.ru_stime,
                             "megabytes": usage.ru_maxrss / 1024}), flush=True)
    sys.exit(os.waitstatus_to_exitcode(status) != 0)


if __name__ == "__main__":
    main()
