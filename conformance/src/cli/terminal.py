"""Runs a program on a terminal of its own; what is shown there goes to standard output.

    terminal.py [when TEXT (keys KEYS | write FILE TEXT)]... -- COMMAND [ARGUMENT]...

Each time the TEXT of the next step is shown, keys are typed, `^C` as a terminal has it, or a file is
written. Ends as the program ends: by its code, or 128 and the number of the signal that ended it.
"""

import os
import pty
import sys


def main(words):
    at = words.index("--")
    steps, command = read_steps(words[:at]), words[at + 1 :]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    watch(terminal, steps)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def read_steps(words):
    steps, rest = [], list(words)
    while rest:
        word, text, action, *rest = rest
        assert word == "when", word
        if action == "keys":
            keys, *rest = rest
            steps.append((text.encode(), lambda terminal, keys=keys: os.write(terminal, typed(keys))))
        else:
            assert action == "write", action
            file, content, *rest = rest
            steps.append((text.encode(), lambda _, file=file, content=content: write(file, content)))
    return steps


def typed(keys):
    """The octets of the keys, of which `^C` and the like are one."""
    parts = keys.split("^")
    return (parts[0] + "".join(chr(ord(part[0]) & 0x1F) + part[1:] for part in parts[1:])).encode()


def write(file, content):
    with open(file, "w") as opened:
        opened.write(content)


def watch(terminal, steps):
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says so when the last program has left the terminal.
            return
        if not part:
            return
        sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        shown += part
        while steps and steps[0][0] in shown:
            text, act = steps.pop(0)
            shown = shown[shown.index(text) + len(text) :]
            act(terminal)


sys.exit(main(sys.argv[1:]))
