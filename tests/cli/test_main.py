"""The command line as a whole."""

import subprocess
import sys


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    asked = [sys.executable, "-m", "samspil.doors.cli.main", "initiatives", "--json"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.read(1)
        command.stdout.close()
        assert command.stderr.read() == b""
        assert command.wait() == 0
