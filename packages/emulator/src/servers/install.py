"""Installs requirements.txt into a virtual environment in the given folder, unless it is there already.

The lock lets processes that start at the same time wait for one of them; the system frees it when that one dies.
"""

import fcntl
import pathlib
import shutil
import subprocess
import sys
import venv

folder = pathlib.Path(sys.argv[1])
requirements = pathlib.Path(__file__).with_name("requirements.txt")
wanted = f"{sys.version}\n{requirements.read_text()}"

folder.mkdir(parents=True, exist_ok=True)
with open(folder / "lock", "w") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    installed = folder / "installed"
    environment = folder / "venv"
    if not installed.exists() or installed.read_text() != wanted:
        installed.unlink(missing_ok=True)
        shutil.rmtree(environment, ignore_errors=True)
        venv.create(environment, with_pip=True)
        pip = [environment / "bin" / "python", "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", "--requirement", requirements], check=True)
        installed.write_text(wanted)
