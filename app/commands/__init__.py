"""One module a command of ``platen``; none of them imports Qt."""
