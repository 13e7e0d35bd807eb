"""At the end of a whole run: an action that no test has called is one that nothing watched."""

import pytest

from tests.house.watch import ACTED, actions

# They ask the database nothing, or lock and write nothing: the watch has nothing to see in them.
SILENT = {
    "agreements.actions.signatures.check_signature",
    "agreements.actions.signatures.check_unit",
    "blocs.criteria.actions.criteria.require_for_rule",
    "blocs.ranking.actions.files.seen_ranking",
    "blocs.ranking.actions.files.seen_reports",
    "blocs.reports.actions.score_rows.rewritten",
    "blocs.sheet_files.actions.preview_import",
}


def unwatched(acted) -> list[str]:
    """Actions that are not among these."""
    return sorted(set(actions()) - SILENT - set(acted))


class Acted:
    """Gathers from all workers what their tests called; a whole run must have called all."""

    def __init__(self, config):
        self.config = config
        self.missing = []

    def is_whole(self):
        """Whether the run was asked for every test, outside of journeys."""
        options = self.config.option
        is_narrowed = options.keyword or options.markexpr or getattr(options, "lf", False)
        return self.config.args_source.name == "TESTPATHS" and not is_narrowed

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        """A worker of xdist has ended and hands over what it saw."""
        ACTED.update(getattr(node, "workeroutput", {}).get("acted", ()))

    def pytest_sessionfinish(self, session, exitstatus):
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput["acted"] = sorted(ACTED)
        elif exitstatus == pytest.ExitCode.OK and self.is_whole():
            self.missing = unwatched(ACTED)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED if self.missing else exitstatus

    def pytest_terminal_summary(self, terminalreporter):
        for name in self.missing:
            terminalreporter.write_line(f"No test calls {name}", red=True)
