"""Runs the program blocks of a Markdown file as they stand.

usage: seed_programs.py secrets|keys|certificates FILE VAULT_URL
       seed_programs.py quickstart FILE KEY_NAME

`secrets`, `keys` and `certificates` choose the blocks about these, and run them statement by statement. A
documented URL with a placeholder for the vault becomes VAULT_URL. A statement that raises is reported
by its text, and the next one runs, because the users' text shows calls that must fail (an unknown
version, recovering what was purged).

`quickstart` runs the first block as the program that it is, twice, with KEY_NAME as what the user
types; then the other blocks, which repeat its parts, with another name, as the text advises.
"""

import ast
import io
import re
import sys
import textwrap

OTHER_NOUNS = {
    "secrets": ("keyvault.keys", "keyvault.certificates", "_key(", "_keys(", "_certificate"),
    "keys": ("keyvault.secrets", "keyvault.certificates", "secret", "_certificate"),
    "certificates": ("keyvault.keys",),
}
OWN_NOUN = {"secrets": "ecret", "keys": "key", "certificates": "ertificate"}
KEY_ID = "https://<vault>.vault.azure.net/keys/<key-name>/<version>"


def all_blocks(text):
    for block in re.findall(r"^```python\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE):
        yield textwrap.dedent(block)


def blocks(text, noun):
    for block in all_blocks(text):
        if not any(other in block for other in OTHER_NOUNS[noun]) and OWN_NOUN[noun] in block:
            yield block


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


def run_blocks(text, noun, vault_url):
    text = re.sub(r"https://<vault-name>\.vault\.azure\.net/?", vault_url, text)
    namespace = {"__name__": "__main__"}
    for block in blocks(text, noun):
        if KEY_ID in block:
            # The block before has deleted the key that this one uses.
            namespace["client"].begin_recover_deleted_key("rsa-key").wait()
            block = block.replace(KEY_ID, namespace["key"].id)
        assert "<vault" not in block, "a placeholder is left"
        run(block, namespace)
        # The asynchronous block reads a secret that it does not set, and rebinds the client's name.
        if "database-password" in block:
            namespace["client"].set_secret("my-secret", "value-of-my-secret")


def run_program(source, typed):
    sys.stdin = io.StringIO(f"{typed}\n")
    namespace = {"__name__": "__main__"}
    try:
        exec(compile(source, "<program>", "exec"), namespace)
    except Exception as error:
        print(f"\nraised {type(error).__name__}: {str(error).splitlines()[0]}", flush=True)
    else:
        print("\nran the program", flush=True)
    return namespace


def run_quickstart(text, name):
    program, *parts = all_blocks(text)
    namespace = run_program(program, name)
    run_program(program, name)
    namespace["keyName"] = namespace["certificateName"] = f"{name}-again"
    for part in parts:
        run(part, namespace)


def main():
    kind, path, argument = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if kind == "quickstart":
        run_quickstart(text, argument)
    else:
        run_blocks(text, kind, argument)
    print("done")


main()
