"""What each shell hands over after TAB, and what it takes back."""

from __future__ import annotations

import os
import re
import shlex

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)


class _WholeOption(ShellComplete):
    """A shell that replaces the whole word: of --tag=wa the option too, which click leaves out."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        found = super().get_completions(args, incomplete)
        option = _option(incomplete)
        for item in found if option else ():
            item.value = option + item.value
        return found


def _option(incomplete: str) -> str:
    """The option that stands before its value in one word, with the sign between them."""
    return incomplete.partition("=")[0] + "=" if re.match(r"--[\w-]+=", incomplete) else ""


class Zsh(_WholeOption, ZshComplete):
    pass


class Fish(_WholeOption, FishComplete):
    # Values and what is told of them have commas too.
    source_template = FishComplete.source_template.replace(
        'string split ","', 'string split --max 1 ","'
    )


class PowerShell(_WholeOption):
    """PowerShell's `Register-ArgumentCompleter`, which click does not know."""

    name = "powershell"
    source_template = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = $commandAst.ToString()
    $env:COMP_WORDS = $typed.Substring(0, [Math]::Min($cursorPosition, $typed.Length))
    $env:COMP_WORD = $wordToComplete
    $env:%(complete_var)s = "powershell_complete"
    %(prog_name)s | ForEach-Object {
        $value, $told = $_ -split "`t", 2
        if (-not $told) { $told = $value }
        $plain = $value -match "^[\\w./:=,+-]+$"
        $shown = if ($plain) { $value } else { "'" + $value.Replace("'", "''") + "'" }
        $kind = "ParameterValue"
        [System.Management.Automation.CompletionResult]::new($shown, $value, $kind, $told)
    }
    Remove-Item Env:COMP_WORDS, Env:COMP_WORD, Env:%(complete_var)s
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        words = split_arg_string(os.environ["COMP_WORDS"])
        incomplete = os.environ["COMP_WORD"]
        done = words[1:-1] if incomplete and len(words) > 1 else words[1:]
        return done, incomplete.strip("'\"")

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.value}\t{item.help or ''}"


class Bash(BashComplete):
    """Bash, which begins a word anew behind = and : unless a quote is open, and replaces that."""

    source_template = """\
%(complete_func)s() {
    local IFS=$'\\n' response type value
    response=$(env COMP_WORDS="${COMP_LINE:0:COMP_POINT}" %(complete_var)s=bash_complete "$1")
    while IFS=, read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done <<< "$response"
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        # A sign behind it makes the last word one even if it is empty, or ends in a blank.
        *words, last = split_arg_string(os.environ["COMP_WORDS"] + "\0")
        return words[1:], last[:-1]

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        found = super().get_completions(args, incomplete)
        option = _option(incomplete)
        is_open = _is_quote_open(os.environ["COMP_WORDS"])
        head = option if is_open else re.match(r"(?s:.*[=:])?", incomplete)[0]  # type: ignore[index]
        for item in found:
            if item.type == "plain":
                item.value = _quoted((option + item.value).removeprefix(head))
        return found


def _is_quote_open(line: str) -> bool:
    try:
        shlex.split(line)
    except ValueError as error:
        return "quotation" in str(error)
    return False


def _quoted(word: str) -> str:
    """The word as bash takes it for one; Chinese needs no quotes."""
    if not set(word) & set(" \t'\"\\$`&|;<>()*?[]#~!{}"):
        return word
    return "'{}'".format(word.replace("'", "'\\''"))


def register() -> None:
    """Tell click of the shells that are completed otherwise than it does it."""
    for shell in (Bash, Zsh, Fish, PowerShell):
        add_completion_class(shell)
