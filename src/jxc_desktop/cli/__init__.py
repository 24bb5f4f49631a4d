"""The command line: thin commands that read arguments, ask the book, and print.

`main` runs one command line and turns what it raises into an exit code; `call` is what every command has in hand (the
book, the language, where answers go); `command`, `parameter_types` and `help_page` make click speak the catalogue's
languages; `table`, `output` and `refusal` print. One further file per group of commands.

May be imported by `bootstrap` only; imports `exchange`, `printing`, `services` and below, never `db` or `ui`. To add a
command: a function with `@command("name", …)` in the file of its group, a line in `main.COMMANDS`, and the texts
`cli.help.<name>` and `cli.option.<name>` of what is new.
"""
