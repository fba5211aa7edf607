"""Runs a program of the users' text about Alibaba Cloud KMS as it stands.

usage: seed_kms.py FILE NUMBER as_it_stands|ignore_ssl|transfer_client

The text has eight programs, each with placeholders for what its reader has: these are filled in.
`ignore_ssl` takes the comment off the lines that turn the check of the certificate off, as the text
says that one may. `transfer_client` gives the client the name that later versions of the package
have for it. The text uses `os`, and once `KmsConfig`, without importing them: both are there.
"""

import os
import re
import sys
import textwrap

from alibabacloud_kms_kms20160120.models import KmsConfig

CA_FILE = os.environ["ALIBABA_CLOUD_KMS_CA_FILE"]
PLACEHOLDERS = {
    "<your-region-id>": os.environ["ALIBABA_CLOUD_REGION_ID"],
    "<your-client-key-file-path>": os.environ["ALIBABA_CLOUD_KMS_CLIENT_KEY_FILE"],
    "<your-password>": os.environ["ALIBABA_CLOUD_KMS_CLIENT_KEY_PASSWORD"],
    "<your-kms-instance-endpoint>": os.environ["ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT"],
    "<your-secret-name>": os.environ["SEED_SECRET_NAME"],
    "<your-key-id>": os.environ["SEED_KEY_ID"],
    "<your-plaintext>": os.environ["CANARY"],
    "<your-ca-certificate-file-path>": CA_FILE,
}


def programs(text):
    for block in re.findall(r"^\.\. code:: python\n\n((?: +.*\n|\n)+)", text, re.MULTILINE):
        yield textwrap.dedent(block)


def filled_in(program):
    for placeholder, value in PLACEHOLDERS.items():
        program = program.replace(placeholder, value)
    assert "<your-" not in program, "a placeholder is left"
    return program


def ignoring_ssl(program):
    """The alternative in comments, where there is one; else the option in comments."""
    alternative = re.search(
        r"^( *)# runtime = KmsRuntimeOptions\(\n(?: *#.*\n)+", program, re.MULTILINE
    )
    if alternative is None:
        return program.replace("# ignore_ssl=True", "ignore_ssl=True")
    lines = [re.sub(r"^( *)# ?", r"\1", line) for line in alternative.group().splitlines()]
    indent = alternative.group(1)
    return program.replace(
        alternative.group(), "\n".join(indent + line.strip() for line in lines) + "\n"
    )


def main():
    path, number, way = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        found = list(programs(file.read()))
    assert len(found) == 8, f"the text has {len(found)} programs"
    program = filled_in(found[int(number)])
    if way == "ignore_ssl":
        program = ignoring_ssl(program)
        assert re.search(r"^ *ignore_ssl=True", program, re.MULTILINE), program
    if way == "transfer_client":
        program = re.sub(
            r"(from alibabacloud_kms_kms20160120\.)client import Client(?: as (\w+))?",
            lambda found: (
                f"{found[1]}transfer_client import TransferClient as {found[2] or 'Client'}"
            ),
            program,
        )
    namespace = {"__name__": "__main__", "os": os, "KmsConfig": KmsConfig}
    exec(compile(program, "<program>", "exec"), namespace)
    # One of the programs defines what it shows, and does not call it.
    if "encrypt_sample" in namespace and "\nencrypt_sample()" not in program:
        namespace["encrypt_sample"]()
    print("done")


main()
