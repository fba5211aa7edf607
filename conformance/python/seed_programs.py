"""Runs the program blocks of a Markdown file as they stand, statement by statement.

usage: seed_programs.py FILE VAULT_URL

A block is chosen when it touches secrets alone. A documented URL with a placeholder for the vault
becomes VAULT_URL. A statement that raises is reported by its text, and the next one runs, because
the users' text shows calls that must fail (an unknown version, recovering what was purged).
"""

import ast
import re
import sys
import textwrap

OTHER_NOUNS = ("keyvault.keys", "keyvault.certificates", "_key(", "_keys(", "_certificate")


def blocks(text):
    for block in re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        if not any(noun in block for noun in OTHER_NOUNS) and "ecret" in block:
            yield textwrap.dedent(block)


def run(source, namespace):
    for statement in ast.parse(source).body:
        text = ast.get_source_segment(source, statement)
        first = text.splitlines()[0]
        try:
            exec(compile(text, "<program>", "exec"), namespace)
        except Exception as error:
            print(f"raised {type(error).__name__} at {first}", flush=True)
        else:
            print(f"ran {first}", flush=True)


def main():
    path, vault_url = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text = re.sub(r"https://<vault-name>\.vault\.azure\.net/?", vault_url, text)
    assert "<vault" not in "".join(blocks(text)), "a placeholder is left"
    namespace = {"__name__": "__main__"}
    for block in blocks(text):
        run(block, namespace)
        # The asynchronous block reads a secret that it does not set, and rebinds the client's name.
        if "database-password" in block:
            namespace["client"].set_secret("my-secret", "value-of-my-secret")
    print("done")


main()
