"""The walk of docs/local-service.md with the AWS CLI: exactly its commands, typed into a shell, against a console of its own."""

import subprocess
from pathlib import Path

from tests.clients.test_put_users import AWS
from tests.support.documents import blocks, section
from tests.support.served import serve

WALK = section("docs/local-service.md", "Walk through it with the AWS CLI")
HERE = "http://127.0.0.1:8000"


def test_the_commands_make_what_the_document_says(tmp_path: Path) -> None:
    data = tmp_path / "var"
    data.mkdir()
    commands = "".join(blocks(WALK, "sh"))
    assert HERE in commands
    with serve(data, CONSOLE_LOCAL_CREATE_SECONDS="0.3") as served:
        shell = {**served.variables, "PATH": f"{AWS.parent}:{served.variables['PATH']}", "HOME": str(tmp_path)}
        done = subprocess.run(
            ["sh", "-e", "-c", commands.replace(HERE, served.url)],
            cwd=tmp_path,
            env=shell,
            capture_output=True,
            text=True,
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count('"ACTIVE"\n') == 4
    (file,) = blocks(WALK, "csv")
    assert done.stdout.endswith(f'"ACTIVE"\n{file}')
    assert file.startswith("USER_ID,AGE,MEMBERSHIP\nada,36,Gold|Founder\n")
