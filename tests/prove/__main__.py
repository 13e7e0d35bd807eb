"""`python -m tests.prove [NAME…]`: run the long proofs; exit 1 when one fails or tests nothing."""

import os
import subprocess
import sys
import time

from tests.house.source import ROOT
from tests.prove import ASKED, PROOFS


def holds(proof, database):
    """Whether all its tests pass; none collected is a failure, too."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal"]
    asked = os.environ | {ASKED: "1", "TEST_DATABASE": database}
    return not subprocess.run([*command, *proof.tests], cwd=ROOT, env=asked).returncode


def main(names):
    """Run the named proofs, or all, and print a verdict for each."""
    unknown = set(names) - {proof.name for proof in PROOFS}
    if unknown:
        told = "\n".join(f"  {proof.name:10} {proof.words}" for proof in PROOFS)
        sys.exit(f"Không có phép chứng minh {', '.join(sorted(unknown))}. Hiện có:\n{told}")
    verdicts = []
    for proof in PROOFS:
        if names and proof.name not in names:
            continue
        for database in proof.databases:
            began = time.monotonic()
            verdict = "đạt" if holds(proof, database) else "KHÔNG ĐẠT"
            seconds = time.monotonic() - began
            verdicts.append((verdict, f"{proof.name} ({database}, {seconds:.0f} giây)", proof))
    for verdict, name, proof in verdicts:
        sys.stdout.write(f"{verdict:9} {name}: {proof.words}\n")
    sys.exit(any(verdict != "đạt" for verdict, _, _ in verdicts))


if __name__ == "__main__":
    main(sys.argv[1:])
