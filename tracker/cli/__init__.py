"""The command line: words become domain objects, one action or report, one renderer."""
