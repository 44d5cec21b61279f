"""The options that all commands share, and what gives them to a command.

Nothing here loads more than the command line needs: help and usage errors answer at once.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from sync.cli.formats import Form, PageForm, PlainForm

ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        envvar="READYLINE_CONFIG",
        help="The configuration file; without it, config.toml.",
        metavar="FILE",
        show_default=False,
    ),
]
ReportFormat = Annotated[
    PageForm, typer.Option("--format", help="The format of the output; markdown is the whole report.")
]
AnyFormat = Annotated[Form, typer.Option("--format", help="The format of the output; not every command has each.")]
PageFormat = Annotated[PageForm, typer.Option("--format", help="The format of the output.")]
TableFormat = Annotated[Form, typer.Option("--format", help="The format of the output.")]
PlainFormat = Annotated[PlainForm, typer.Option("--format", help="The format of the output.")]
Verbose = Annotated[int, typer.Option("--verbose", "-v", count=True, help="More on stderr; twice for tracebacks.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on stderr.")]
NoColour = Annotated[
    bool, typer.Option("--no-color", help="No colours; the variable NO_COLOR with any value does the same.")
]

FORMATS: Mapping[str, tuple[Any, Any]] = {
    **dict.fromkeys(("check", "capacity", "plan", "run"), (ReportFormat, PageForm.TEXT)),
    **dict.fromkeys(("config_schema", "mcp", "serve"), (PlainFormat, PlainForm.TEXT)),
    "history": (TableFormat, Form.TEXT),
}
"""The commands that have other formats than text, JSON and a page in Markdown."""

COMMON: dict[str, tuple[Any, Any]] = {
    "config": (ConfigFile, None),
    "form": (PageFormat, PageForm.TEXT),
    "verbose": (Verbose, 0),
    "quiet": (Quiet, False),
    "no_color": (NoColour, False),
}


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the common options, as a `Terminal` in its first parameter.

    An error becomes one sentence on stderr and an exit code; only -vv shows a traceback.
    """
    own = list(inspect.signature(function).parameters.values())[1:]

    @wraps(function)
    def wrapper(**options: Any) -> None:
        common = _common(options.pop("context"), {name: options.pop(name) for name in COMMON})
        from sync.cli.terminal import call, terminal_of  # the program is loaded once a command runs

        call(function, terminal_of(common), options)

    _offer(wrapper, COMMON | {"form": FORMATS.get(function.__name__, COMMON["form"])}, own)
    return wrapper


def common_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give the program the common options before a command; those behind the command have the last word."""
    own = list(inspect.signature(function).parameters.values())

    @wraps(function)
    def wrapper(context: typer.Context, **options: Any) -> None:
        context.obj = {name: options[name] for name in COMMON if _is_typed(context, name)}
        function(**{name: value for name, value in options.items() if name not in COMMON})

    _offer(wrapper, COMMON | {"form": (AnyFormat, Form.TEXT)}, own)
    return wrapper


def _offer(
    wrapper: Callable[..., None], common: Mapping[str, tuple[Any, Any]], own: Sequence[inspect.Parameter]
) -> None:
    """Let typer read the parameters of a function of its own, the common ones and the context from its wrapper."""
    added = {"context": (typer.Context, inspect.Parameter.empty), **common}
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in added.items()
    ]
    parameters = [*(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own), *shared]
    vars(wrapper)["__signature__"] = inspect.Signature(parameters)  # what typer reads
    wrapper.__annotations__ = {p.name: p.annotation for p in parameters}


def _common(context: typer.Context, options: Mapping[str, Any]) -> dict[str, Any]:
    """The common options of a command: as typed behind it, else as typed before it, else the default."""
    before: Mapping[str, Any] = context.obj or {}
    merged = {
        name: before[name] if name in before and not _is_typed(context, name) else value
        for name, value in options.items()
    }
    forms = type(options["form"])
    if merged["form"].value not in [form.value for form in forms]:
        name, offered = context.info_name, ", ".join(form.value for form in forms)
        raise typer.BadParameter(f"`{name}` has no format {merged['form'].value}; choose one of {offered}")
    return merged


def _is_typed(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
