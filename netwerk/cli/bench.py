"""`netwerk bench`: the project's own measurements, paired and as ratios."""

import click

from netwerk.cli.bench_load import load
from netwerk.cli.bench_near import near
from netwerk.cli.bench_pages import pages
from netwerk.cli.bench_paths import paths


@click.group("bench")
def bench() -> None:
    """Measure this program, on this machine, against others."""


for _command in (paths, load, near, pages):
    bench.add_command(_command)

COMMANDS = (bench,)
